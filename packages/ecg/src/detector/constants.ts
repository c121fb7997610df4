/**
 * The one parameter set of the R-peak detector, at 250 samples per second. Chosen on the 22 records of MIT-BIH DS1 (first
 * lead); no record has values of its own.
 */

/** Samples per second of everything behind the resampler. */
export const sampleRate = 250;

/** QRS band: Butterworth high-pass at 6 Hz and low-pass at 16 Hz, two poles each. */
export const qrsBand = [
  [0.8988455533981323, -1.7976911067962646, 0.8988455533981323, -1.7874325513839722, 0.8079496026039124],
  [0.031238922849297523, 0.06247784569859505, 0.031238922849297523, -1.4415303468704224, 0.5664860010147095],
] as const;

/** The derivative is taken over this many samples (16 ms): muscle noise near 60 Hz falls into its zero. */
export const derivativeSpan = 4;
/** Length of the moving integration (96 ms): about as long as a wide QRS complex. */
export const integrationLength = 24;
/** The integrated feature peaks this many samples after the QRS complex: half the integration and the band's own delay. */
export const featureDelay = 16;

/** A peak of the feature is final when the feature fell to half of it, or after this many samples without a higher one. */
export const peakTimeout = 24;
/** No two beats stand closer than this (200 ms). */
export const refractory = 50;
/** Within this time after a beat (360 ms) a candidate may be its T wave. */
export const tWaveWindow = 90;
/** A candidate in the T-wave window is a T wave when its slope is below this share of the beat's. */
export const tWaveSlopeShare = 0.4;

/** Peaks remembered on either side of the threshold. */
export const levelMemory = 8;
/** Rank, from below, of the QRS level among the remembered QRS peaks: above the median, so that accepted P waves do not drag it down. */
export const qrsLevelRank = 6;
/** The threshold stands at this share of the way from the noise level to the QRS level, … */
export const thresholdShare = 0.24;
/** … and higher in noise: by this much for each part of the QRS level that the noise level exceeds `quietShare` by, … */
export const noiseRise = 2.5;
export const quietShare = 0.05;
/** … up to this share. */
export const highestThresholdShare = 0.6;

/** Shapes of beats that are remembered: one per kind of beat that a rhythm may hold. */
export const shapeCount = 4;
/** A shape is this much to either side of the complex's middle (80 ms), compared at lags up to `shapeLag` (16 ms). */
export const shapeReach = 20;
export const shapeLag = 4;
/** The middle of a complex in the QRS band lies this far before the feature's peak. */
export const shapeDelay = 12;
/** A beat whose correlation with every known shape is lower is a new shape, … */
export const sameShape = 0.8;
/** … otherwise it moves the nearest one by this share. */
export const shapeLearningRate = 0.2;
/** Weight of a peak that resembles no known shape; a known shape has weight 1. */
export const strangeWeight = 0.55;
/** A missing beat is searched back for once this many times the median RR interval has passed, … */
export const searchBackRr = 1.5;
/** … down to this share of the threshold. */
export const searchBackShare = 0.5;

/** A candidate below this share of the QRS level waits: it may be a tall P wave that announces the QRS complex. */
export const sureShare = 0.8;
/** How long it waits (260 ms: a PR interval of first-degree block). */
export const holdTime = 65;
/** A waiting candidate gives way to a larger one within this time (300 ms), … */
export const rivalWindow = 75;
/** … when the other one is larger by this factor. */
export const rivalFactor = 1.15;
/** A peak inside the refractory period this many times larger than the beat before it shows that the level had sunk to P waves. */
export const relockFactor = 1.3;

/** The first seconds set the levels (2 s); their beats are reported at the end of it. */
export const learningTime = 500;
/** Share of the largest feature of that time taken as QRS level. */
export const learningShare = 0.7;
/** Without any beat for this long (4 s) the levels are learnt anew. */
export const relearnTime = 1000;
/** Feature values below this (mV; a QRS complex of some 30 µV) are never a beat: a flat line stays empty. */
export const featureFloor = 0.002;

/** The R peak is looked for this far to either side of the feature's position (100 ms). */
export const placementReach = 25;
/** The baseline is the mean of the signal this far to either side (200 ms). */
export const baselineReach = 50;

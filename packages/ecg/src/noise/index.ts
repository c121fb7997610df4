/** Recorded noise, added to clean recordings. */
export {
  type AddNoiseOptions,
  addNoise,
  continuousNoise,
  type NoisyStretch,
  noiseGainFor,
  noiseStressTest,
  type SampledSignal,
} from './add-noise.js';
export { type NoiseMeasure, noiseAmplitude, noiseGain, qrsAmplitude } from './amplitude.js';
export { NoiseError } from './noise-error.js';
export { normalBeats } from './normal-beats.js';
export { resample } from './resample.js';

/** All detectors of the benchmark, the product's own first. */
import type { BeatDetector } from './beat-detector.js';
import { christov } from './christov.js';
import { edgebeat } from './edgebeat.js';
import { elgendi } from './elgendi.js';
import { hamilton } from './hamilton.js';
import { panTompkins } from './pan-tompkins.js';

export const detectors: readonly BeatDetector[] = [edgebeat, hamilton, panTompkins, christov, elgendi];

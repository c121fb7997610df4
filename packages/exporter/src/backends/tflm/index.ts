/** Integer graphs as C++ programs for TensorFlow Lite Micro. */
export type { ArenaBound } from './arena-bound.js';
export { RESOLVER_METHODS } from './resolver-methods.js';
export { type TflmOptions, type TflmSources, toTflm } from './to-tflm.js';

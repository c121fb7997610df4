/** Rewrites of float graphs before they are quantized. */
export { type AppliedRule, type PreparedModel, prepareModel } from './prepare-model.js';

/** The C back end. */
export { type CFigures, cFigures } from './figures.js';
export type { CFootprint } from './footprint/predict-footprint.js';
export { coreFolders } from './source/core-sources.js';
export {
  ARM_TARGETS,
  type ArmTarget,
  C_FLAGS,
  C_TARGETS,
  type CCompiler,
  type CTarget,
  OPTIMIZATIONS,
  type Optimization,
  TOOLCHAINS,
  type Toolchain,
} from './source/targets.js';
export { type COptions, type CSources, toC } from './to-c.js';

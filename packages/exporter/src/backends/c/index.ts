/** The C back end. */
export { type CFigures, cFigures } from './figures.js';
export type { CFootprint } from './footprint/predict-footprint.js';
export {
  ARM_TARGETS,
  type ArmTarget,
  C_TARGETS,
  type CCompiler,
  type CTarget,
  OPTIMIZATIONS,
  type Optimization,
  TOOLCHAINS,
  type Toolchain,
} from './source/targets.js';
export { type COptions, type CSources, toC } from './to-c.js';

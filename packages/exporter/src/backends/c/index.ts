/** The C back end. */
export type { CFigures } from './figures.js';
export { C_TARGETS, type CTarget } from './source/targets.js';
export { type COptions, type CSources, toC } from './to-c.js';

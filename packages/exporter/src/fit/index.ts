/** Which boards a network fits on, and how long it is modelled to take there. */

export type { BoardFit, BoardNeed, Verdict } from './board-fit.js';
export { BOARDS, type Board, type BoardSource, type ExternalFlash } from './boards.js';
export { CORE_MODELS, CORES, type Core, type CoreModel } from './cores.js';
export { FIRMWARE_PARTS, type FirmwarePart } from './firmware-part.js';
export { type BoardsFit, fitBoards } from './fit-boards.js';
export { type KernelCall, kernelCalls } from './kernel-calls.js';
export type { KernelWork } from './kernel-work.js';
export { modelledInstructions } from './modelled-instructions.js';
export type { NetworkNeed } from './network-need.js';

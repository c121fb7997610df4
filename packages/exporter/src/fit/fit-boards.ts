/** The boards of boards.ts, and which of them a network fits on. */
import type { IntegerGraph } from '../integer/integer-graph.js';
import { type BoardFit, fitBoard } from './board-fit.js';
import { BOARDS } from './boards.js';
import { FIRMWARE_PARTS, type FirmwarePart, NO_FIRMWARE } from './firmware-part.js';
import { kernelCalls, quantizerCalls } from './kernel-calls.js';
import { modelledInstructions } from './modelled-instructions.js';
import { type NetworkNeed, networkNeed } from './network-need.js';

export interface BoardsFit {
  readonly network: NetworkNeed;
  /** The signal path and whatever else of firmware-templates/core goes with the network. */
  readonly firmware: FirmwarePart;
  readonly boards: readonly BoardFit[];
}

/**
 * @param windows what the model's windows are cut for; the rest of the firmware follows from it
 * @throws ExportError for a graph that cannot be written as C
 */
export function fitBoards(graph: IntegerGraph, windows?: 'identity' | 'activity'): BoardsFit {
  const network = networkNeed(graph);
  const firmware = windows === undefined ? NO_FIRMWARE : FIRMWARE_PARTS[windows];
  const calls = [...quantizerCalls(graph), ...kernelCalls(graph)];
  const needs = {
    flashBytes: network.weightBytes + network.codeBytes + firmware.flashBytes,
    weightBytes: network.weightBytes,
    ramBytes: network.ramBytes + firmware.ramBytes,
  };
  return {
    network,
    firmware,
    boards: BOARDS.map((board) => fitBoard(board, needs, (core) => modelledInstructions(calls, core))),
  };
}

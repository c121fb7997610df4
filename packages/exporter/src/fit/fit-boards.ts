/** The boards of boards.ts, and which of them a network fits on. */
import { DEFAULT_ALIGNMENT } from '../backends/c/figures.js';
import { programOf } from '../backends/c/program/program.js';
import type { IntegerGraph } from '../integer/integer-graph.js';
import { type BoardFit, fitBoard } from './board-fit.js';
import { BOARDS } from './boards.js';
import { FIRMWARE_PARTS, type FirmwarePart, NO_FIRMWARE } from './firmware-part.js';
import { callsOf, quantizerCalls } from './kernel-calls.js';
import { MODELLED_WITHIN, modelledInstructions } from './modelled-instructions.js';
import { type NetworkNeed, networkNeeds } from './network-need.js';

export interface BoardsFit {
  /** On a Cortex-M4F. */
  readonly network: NetworkNeed;
  /** The signal path and whatever else of firmware-templates/core goes with the network. */
  readonly firmware: FirmwarePart;
  /** Of instructions, for whole networks that were counted in QEMU: greatest error, a fraction of 1. */
  readonly instructionsWithin: number;
  readonly boards: readonly BoardFit[];
}

/**
 * @param windows what the model's windows are cut for; the rest of the firmware follows from it
 * @throws ExportError for a graph that cannot be written as C
 */
export function fitBoards(graph: IntegerGraph, windows?: 'identity' | 'activity'): BoardsFit {
  const program = programOf(graph, 'eb_model', DEFAULT_ALIGNMENT);
  const needsOn = networkNeeds(program);
  const firmware = windows === undefined ? NO_FIRMWARE : FIRMWARE_PARTS[windows];
  const calls = [...quantizerCalls(program), ...callsOf(program)];
  const fits = BOARDS.map((board) => {
    const { weightBytes, flashBytes, ramBytes } = needsOn(board.core);
    const needs = {
      flashBytes: flashBytes + firmware.flashBytes,
      weightBytes,
      ramBytes: ramBytes + firmware.ramBytes,
    };
    return fitBoard(board, needs, (core) => modelledInstructions(calls, core));
  });
  return { network: needsOn(undefined), firmware, instructionsWithin: MODELLED_WITHIN, boards: fits };
}

/** Whether firmware with a network fits on a board, and how long a window is modelled to take there. */
import type { Board, BoardSource, ExternalFlash } from './boards.js';
import { CORE_MODELS, type Core } from './cores.js';

/** `external`: only with the weights in flash of their own, which the processor reads like memory. */
export type Verdict = 'fits' | 'external' | 'no';

export interface BoardFit {
  readonly board: string;
  readonly chip: string;
  readonly processor: string;
  readonly instructionSet: string;
  readonly clockHz: number;
  /** What the board has. */
  readonly flashBytes: number;
  readonly ramBytes: number;
  /** Null where there is none beside the flash that code goes to. */
  readonly externalFlash: ExternalFlash | null;
  /** What the firmware needs. */
  readonly needs: BoardNeed;
  readonly verdict: Verdict;
  /** Why it does not fit, or on what terms it does; empty where there is nothing to say. */
  readonly remarks: readonly string[];
  /** Of one window; null where none were counted for the processor. */
  readonly instructions: number | null;
  readonly cyclesPerInstruction: number | null;
  /** Modelled, never measured: instructions × cycles per instruction / clock. Null where nothing can be said. */
  readonly modelledMs: number | null;
  /** Of what the board has. */
  readonly sources: readonly BoardSource[];
}

export interface BoardNeed {
  readonly flashBytes: number;
  readonly weightBytes: number;
  readonly ramBytes: number;
}

/** @param instructionsOn of one window, on a processor */
export function fitBoard(board: Board, needs: BoardNeed, instructionsOn: (core: Core) => number): BoardFit {
  const { verdict, remarks } = verdictOn(board, needs);
  const { core, name, chip, processor, instructionSet, clockHz, flashBytes, ramBytes } = board;
  const instructions = core === undefined ? null : instructionsOn(core);
  const cyclesPerInstruction = core === undefined ? null : CORE_MODELS[core].cyclesPerInstruction;
  const isModelled = instructions !== null && cyclesPerInstruction !== null && verdict === 'fits';
  return {
    ...{ board: name, chip, processor, instructionSet, clockHz, flashBytes, ramBytes, needs, verdict },
    externalFlash: board.externalFlash ?? null,
    remarks: [...remarks, ...timeRemarks(board, verdict)],
    ...{ instructions, cyclesPerInstruction, sources: board.sources },
    modelledMs: isModelled ? (1000 * instructions * cyclesPerInstruction) / clockHz : null,
  };
}

function verdictOn(
  { flashBytes, ramBytes, externalFlash }: Board,
  needs: BoardNeed,
): { verdict: Verdict; remarks: readonly string[] } {
  const lack = (what: string, need: number, has: number) => `${what}: ${kib(need)} needed, ${kib(has)} there`;
  const flash = lack('flash', needs.flashBytes, flashBytes);
  if (needs.ramBytes > ramBytes) {
    const ram = lack('RAM', needs.ramBytes, ramBytes);
    return { verdict: 'no', remarks: needs.flashBytes > flashBytes ? [ram, flash] : [ram] };
  }
  if (needs.flashBytes <= flashBytes) return { verdict: 'fits', remarks: [] };
  if (externalFlash === undefined || externalFlash.bytes < needs.weightBytes)
    return { verdict: 'no', remarks: [flash] };
  if (!externalFlash.isMapped) return { verdict: 'no', remarks: [`${flash}; external flash is not read like memory`] };
  return { verdict: 'external', remarks: [`${flash}; weights go to external flash`] };
}

function timeRemarks({ core, processor, isFlashExternal }: Board, verdict: Verdict): readonly string[] {
  if (verdict === 'no') return [];
  if (core === undefined) return [`time not modelled: no instructions counted for ${processor}`];
  if (verdict === 'external') return ['time not modelled: reading external flash decides it'];
  return isFlashExternal ? ['flash is a chip of its own: waits for it are not in the time'] : [];
}

const kib = (bytes: number) =>
  bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(0)} KiB` : `${(bytes / 1024 / 1024).toFixed(2)} MiB`;

/** What a board of firmware-templates/boards/watch has measured of itself. */
import type { FirmwareEventOf } from './link-events.js';

export interface BoardFigures {
  /** Runs of the network. */
  readonly windows: number;
  /** Instructions of these runs, and of everything that the app did: emulated, not timed. */
  readonly networkInstructions: number;
  readonly instructions: number;
  /** Code and constants. */
  readonly flashBytes: number;
  /** Variables, among them the app's state and the network's memory. */
  readonly staticRamBytes: number;
  /** The most that the stack ever took. */
  readonly stackBytes: number;
}

/** By their keys in `main.c`. */
const keys = {
  windows: 1,
  networkInstructions: 2,
  instructions: 3,
  flashBytes: 4,
  staticRamBytes: 5,
  stackBytes: 6,
} as const satisfies Record<keyof BoardFigures, number>;

export function boardFigures({ values }: FirmwareEventOf<'measured'>): BoardFigures {
  const of = (figure: keyof BoardFigures) => values.get(keys[figure]) ?? 0;
  return {
    windows: of('windows'),
    networkInstructions: of('networkInstructions'),
    instructions: of('instructions'),
    flashBytes: of('flashBytes'),
    staticRamBytes: of('staticRamBytes'),
    stackBytes: of('stackBytes'),
  };
}

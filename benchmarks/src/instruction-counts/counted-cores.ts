/** The processors whose instructions are counted, and the emulated boards that have them. */
import { CORES, type Core } from '@edgebeat/exporter';
import { type Board, boards } from '../firmware/boards.js';

const BOARD_OF: Readonly<Record<Core, string>> = {
  'cortex-m4f': 'mps2-an386',
  'cortex-m33': 'mps2-an505',
  'cortex-m55': 'mps3-an547',
};

export const countedCores: readonly { readonly core: Core; readonly board: Board }[] = CORES.map((core) => ({
  core,
  board: boards.find(({ name }) => name === BOARD_OF[core])!,
}));

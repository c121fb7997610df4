/** The boards that a network fits on, as a table for the terminal. */
import { type BoardFit, type InspectReport, isFit } from '@edgebeat/exporter';
import { bytes, count, milliseconds, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';

const VERDICTS: Readonly<Record<BoardFit['verdict'], string>> = {
  fits: 'yes',
  external: 'with external flash',
  no: 'no',
};

export function renderBoards(fit: InspectReport['fit']): string {
  if (!isFit(fit)) return `Boards: ${fit.reason}.\n${fit.hint}`;
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const columns = [
    ...[{ title: 'board' }, { title: 'chip' }, { title: 'processor' }],
    ...['flash', 'of', 'RAM', 'of'].map(right),
    ...[{ title: 'fits' }, right('instructions'), right('modelled'), { title: '' }],
  ];
  const rows = fit.boards.map((board) => [
    ...[board.board, board.chip, `${board.processor}, ${board.clockHz / 1e6} MHz`],
    ...[bytes(board.needs.flashBytes), bytes(board.flashBytes), bytes(board.needs.ramBytes), bytes(board.ramBytes)],
    VERDICTS[board.verdict],
    board.instructions === null ? noFigure : count(board.instructions),
    board.modelledMs === null ? noFigure : milliseconds(board.modelledMs),
    board.remarks.join('; '),
  ]);
  return `${renderTable(columns, rows)}\n\n${NOTES}\nInstructions are within ${percent(fit.instructionsWithin)} of those counted for whole networks.`;
}

const NOTES =
  'Flash and RAM: firmware with the network in C, without an operating system, radio or display. Modelled: instructions of one window,\n' +
  'by counts in QEMU, times a stated number of cycles per instruction, at the greatest clock; nothing here was measured on a board.';

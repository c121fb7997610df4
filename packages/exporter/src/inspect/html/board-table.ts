/** Boards, what firmware with the network takes of each, and how long a window is modelled to last there. */
import type { BoardFit } from '../../fit/board-fit.js';
import { CORE_MODELS } from '../../fit/cores.js';
import type { BoardsFit } from '../../fit/fit-boards.js';
import { isFit, type NoFit } from '../inspect-report.js';
import { escapeHtml } from './escape.js';
import { bytes, count, NO_FIGURE, percent } from './figures.js';
import { round } from './plot.js';

export const BOARD_WORDS =
  'Firmware with the network in C, without an operating system, radio or display: what it takes of the flash and of the RAM. ' +
  'Times are <em>modelled</em>, for the greatest clock: instructions by counts in QEMU, times a stated number of cycles per instruction.';

export function boardTable(fit: BoardsFit | NoFit): string {
  if (!isFit(fit))
    return `<p>Nothing can be said: ${escapeHtml(fit.reason)}.</p><p class="soft">${escapeHtml(fit.hint)}</p>`;
  const { network, firmware, instructionsWithin, boards } = fit;
  const heads = ['board', 'processor', 'flash', 'RAM', 'instructions', 'time, modelled', 'fits'];
  const cycles = Object.entries(CORE_MODELS).map(([core, model]) => `${model.cyclesPerInstruction} (${core})`);
  return `<div class="scroll"><table class="left boards"><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${boards.map(row).join('')}</tbody></table></div>
<p class="soft">On a Cortex-M4F: network ${bytes(network.flashBytes)} of flash (${bytes(network.weightBytes)} of them weights) and ${bytes(network.ramBytes)} of RAM (arena ${bytes(network.arenaBytes)}), the rest of the firmware ${bytes(firmware.flashBytes)} and ${bytes(firmware.ramBytes)}. Instructions are within ${percent(instructionsWithin)} of those counted for whole networks. Cycles per instruction, assumed: ${cycles.join(', ')}.</p>`;
}

const VERDICTS: Readonly<Record<BoardFit['verdict'], string>> = {
  fits: 'yes',
  external: 'with external flash',
  no: 'no',
};

function row(fit: BoardFit): string {
  const { board, chip, processor, clockHz, needs, flashBytes, ramBytes, externalFlash } = fit;
  const { verdict, instructions, modelledMs } = fit;
  const cells = [
    `${escapeHtml(board)}<br/>${soft(chip)}`,
    `<span title="${escapeHtml(fit.instructionSet)}">${escapeHtml(processor)}</span><br/>${soft(`${clockHz / 1e6} MHz`)}`,
    `${share(needs.flashBytes, flashBytes)}${externalFlash ? `<br/>${soft(`and ${bytes(externalFlash.bytes)} external`)}` : ''}`,
    share(needs.ramBytes, ramBytes),
    instructions === null ? NO_FIGURE : count(instructions),
    modelledMs === null ? NO_FIGURE : milliseconds(modelledMs),
    `<span class="verdict ${verdict}">${VERDICTS[verdict]}</span><br/>${soft(fit.remarks.join('; '))}`,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** A bar as long as what is taken, and both in numbers. */
function share(needed: number, there: number): string {
  const part = Math.min(1, needed / there);
  const bar = `<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="kept" width="100" height="8"/><rect class="${needed > there ? 'worst' : 'own'}" width="${round(100 * part)}" height="8"/></svg>`;
  return `${bar}${soft(`${bytes(needed)} of ${bytes(there)}`)}`;
}

const soft = (words: string) => `<span class="soft">${escapeHtml(words)}</span>`;

const milliseconds = (value: number) => (value < 1 ? `${(1000 * value).toFixed(0)} µs` : `${value.toPrecision(3)} ms`);

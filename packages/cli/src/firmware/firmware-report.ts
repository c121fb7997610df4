/** A recording through the firmware on a board, beside its twin and the gateway: what each found, and what it took. */
import type { BoardFigures, FirmwareMessage } from '@edgebeat/sim-device';
import { bytes, count, noFigure } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import type { MessageComparison } from './compare-messages.js';

/** What one of them found. */
export interface Findings {
  readonly beats: number;
  /** Answers on the wearer, and decisions among them by their kind. */
  readonly answers: number;
  readonly decisions: Readonly<Record<string, number>>;
  /** The last answer: whom it names, and the best score. */
  readonly identity: string | null;
  readonly score: number | null;
}

export interface Side extends Findings {
  /** `qemu:cortex-m55`, `twin`, or `gateway`: packages/runtime in TypeScript, with the integer interpreter. */
  readonly name: string;
  /** Against the board; null for the board itself. */
  readonly comparison: MessageComparison | null;
  /** Frames that are not those of the board, byte for byte; null where no frames are made. */
  readonly frameMismatches: number | null;
}

export interface FirmwareReport {
  readonly schema: 'edgebeat.firmware/1';
  readonly model: string;
  readonly device: string;
  /** Path of the ELF file. */
  readonly firmware: string;
  readonly source: string;
  /** Length of the signal, s. */
  readonly seconds: number;
  readonly frames: number;
  /** Emulated: instructions as QEMU counts them, no times. */
  readonly figures: BoardFigures;
  readonly sides: readonly Side[];
  /** Whether all answers and frames are the same. */
  readonly equal: boolean;
}

/** @param messages in their order. */
export function findingsOf(messages: readonly { readonly kind: string; readonly body: object }[]): Findings {
  const answers = messages.flatMap((message) => (message.kind === 'identity' ? [message as IdentityMessage] : []));
  const decisions: Record<string, number> = {};
  for (const { body } of answers) decisions[body.decision] = (decisions[body.decision] ?? 0) + 1;
  const last = answers.at(-1)?.body;
  return {
    beats: messages.filter(({ kind }) => kind === 'beat').length,
    answers: answers.length,
    decisions,
    identity: last?.identity ?? null,
    score: last?.score ?? null,
  };
}

type IdentityMessage = Extract<FirmwareMessage, { kind: 'identity' }>;

export function renderFirmware({ figures, sides, ...report }: FirmwareReport): string {
  const columns = [
    { title: '' },
    ...['beats', 'answers', 'accepted', 'unknown', 'enrolling', 'last answer', 'score', 'messages', 'different'].map(
      (title) => ({ title, align: 'right' }) as const,
    ),
  ];
  const rows = sides.map(({ name, comparison, frameMismatches, decisions, ...side }) => [
    name,
    ...[side.beats, side.answers, decisions.accepted ?? 0, decisions.unknown ?? 0, decisions.enrolling ?? 0].map(count),
    side.identity ?? noFigure,
    side.score?.toFixed(4) ?? noFigure,
    comparison === null ? noFigure : count(comparison.messages),
    comparison === null ? noFigure : count(comparison.mismatches + (frameMismatches ?? 0)),
  ]);
  const { windows, networkInstructions, instructions } = figures;
  const perWindow = windows === 0 ? 0 : networkInstructions / windows;
  const perSecond = (instructions - networkInstructions) / report.seconds;
  return [
    `${report.model} on ${report.device}, ${report.source}, ${report.seconds.toFixed(1)} s`,
    '',
    renderTable(columns, rows),
    '',
    `instructions (emulated): ${count(perWindow)} a window, ${count(perSecond)} a second of signal besides; ${count(instructions)} in all`,
    `memory: ${bytes(figures.flashBytes)} flash, ${bytes(figures.staticRamBytes)} RAM, ${bytes(figures.stackBytes)} stack`,
    ...sides.flatMap(({ name, comparison }) =>
      comparison?.firstDifference ? [`${name} differs: ${comparison.firstDifference}`] : [],
    ),
  ].join('\n');
}

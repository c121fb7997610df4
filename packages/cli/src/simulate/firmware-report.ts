/** What watches with firmware did, as a table. */
import type { FirmwareWatchReport } from '@edgebeat/sim-device';
import { bytes, count, noFigure } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';

export function renderFirmwareWatches(reports: readonly FirmwareWatchReport[]): string {
  const columns = [
    { title: 'device' },
    { title: 'on' },
    { title: 'model' },
    ...[
      'seconds',
      'beats',
      'answers',
      'accepted',
      'frames',
      'messages',
      'dropped',
      'reconnects',
      'instructions/window',
    ].map((title) => ({ title, align: 'right' }) as const),
  ];
  const rows = reports.map((report) => [
    ...[report.device, report.platform, report.model, report.seconds.toFixed(1)],
    ...[report.beats, report.answers, report.decisions.accepted ?? 0, report.framesMade].map(count),
    ...[report.messagesSent, report.messagesDropped, report.reconnects].map(count),
    perWindow(report),
  ]);
  const [figures] = reports.flatMap((report) => report.figures ?? []);
  const memory =
    figures &&
    `flash ${bytes(figures.flashBytes)}, RAM ${bytes(figures.staticRamBytes)} and ${bytes(figures.stackBytes)} of stack; instructions as QEMU counts them`;
  return [renderTable(columns, rows), ...(memory ? ['', memory] : [])].join('\n');
}

function perWindow({ figures }: FirmwareWatchReport): string {
  return figures === null || figures.windows === 0 ? noFigure : count(figures.networkInstructions / figures.windows);
}

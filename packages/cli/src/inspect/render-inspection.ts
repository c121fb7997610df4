/** What `edgebeat inspect` prints of a model: its layers as a table, then what they come to. */
import type { InspectReport, LayerErrors } from '@edgebeat/exporter';
import { bytes, count, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import { renderBoards } from './render-boards.js';

export function renderInspection(report: InspectReport, errors: LayerErrors | undefined): string {
  const { layers, totals, memory, islands } = report;
  const byValue = new Map(errors?.layers.map((error) => [error.value, error]));
  const number = (value: number, format: (value: number) => string) => (value === 0 ? noFigure : format(value));
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const columns = [
    ...[{ title: 'layer' }, { title: 'operator' }, { title: 'output' }],
    ...['parameters', 'MACs', 'weights', 'activation'].map(right),
    ...(errors ? ['alone dB', 'up to there dB', 'out of range'].map(right) : []),
  ];
  const rows = layers.map((layer) => {
    const error = layer.outputs.map(({ name }) => byValue.get(name)).find((one) => one !== undefined);
    const figures = error
      ? [error.local.sqnr.toFixed(1), error.cumulated.sqnr.toFixed(1), percent(error.codes.saturated)]
      : [noFigure, noFigure, noFigure];
    return [
      layer.name,
      layer.operator,
      layer.outputs.map(({ shape }) => shape.join('×')).join(' '),
      number(layer.parameters, count),
      number(layer.macs, count),
      number(layer.weightBytes, bytes),
      bytes(layer.activationBytes),
      ...(errors ? figures : []),
    ];
  });
  const peak = layers[memory.peakStep];
  const notes = [
    `${report.model} (${report.numbers}): ${count(totals.parameters)} parameters, ${count(totals.macs)} multiply-accumulates a window, weights ${bytes(totals.weightBytes)}.`,
    `Activations: ${bytes(memory.peakBytes)} at most${peak ? `, at ${peak.name}` : ''}.`,
    ...(islands
      ? [
          `Float islands: ${islands.layers.length} layers with ${percent(islands.macShare)} of the multiply-accumulates.`,
        ]
      : []),
    ...(errors ? [worstOf(errors)] : []),
  ];
  return `${renderTable(columns, rows)}\n\n${notes.join('\n')}\n\n${renderBoards(report.fit)}`;
}

/** How many are named. */
const WORST = 5;

function worstOf({ layers, windows }: LayerErrors): string {
  const worst = layers.slice(0, WORST).map(({ value, local }) => `${value} ${local.sqnr.toFixed(1)} dB`);
  return `Worst alone, on ${windows} windows: ${worst.join(', ')}.`;
}

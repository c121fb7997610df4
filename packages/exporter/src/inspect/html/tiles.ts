/** The figures that one looks for first. */
import type { InspectReport } from '../inspect-report.js';
import { escapeHtml } from './escape.js';
import { bytes, count, percent, several, short } from './figures.js';

/** @param float the model that an int8 graph was made of. */
export function tiles(report: InspectReport, float?: InspectReport): string {
  const { totals, memory, layers, inputs, islands } = report;
  const ofFloat = (part: number, whole: number | undefined) =>
    whole === undefined || whole === 0 ? '' : `${percent(part / whole)} of float32`;
  const sizes = inputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  const figures = [
    ['parameters', short(totals.parameters), count(totals.parameters)],
    ['MACs', short(totals.macs), count(totals.macs)],
    ['weights', bytes(totals.weightBytes), ofFloat(totals.weightBytes, float?.totals.weightBytes)],
    ['activations at most', bytes(memory.peakBytes), ofFloat(memory.peakBytes, float?.memory.peakBytes)],
    ['layers', count(layers.length), `input ${sizes}`],
    ...(islands ? [['MACs in float islands', percent(islands.macShare), several(islands.layers.length, 'layer')]] : []),
  ] as const;
  const tile = ([what, figure, remark]: readonly string[]) =>
    `<div><dt>${what}</dt><dd>${figure}<small>${escapeHtml(remark!)}</small></dd></div>`;
  return `<dl class="tiles">${figures.map(tile).join('')}</dl>`;
}

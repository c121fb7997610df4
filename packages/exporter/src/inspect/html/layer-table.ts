/** All layers as a table that can be sorted, with the use of their codes as a small picture where it is known. */
import type { LayerError, LayerErrors } from '../compare/layer-errors.js';
import type { InspectReport, Layer } from '../inspect-report.js';
import { escapeHtml } from './escape.js';
import { bytes, count, decibels, NO_FIGURE, percent } from './figures.js';
import { round } from './plot.js';

/** A column: its head, what a cell shows, and the number that it is sorted by, where that is not the text. */
interface Column {
  readonly head: string;
  readonly cell: (layer: Layer, error: LayerError | undefined) => string;
  readonly key?: (layer: Layer, error: LayerError | undefined, index: number) => number;
}

const costs: readonly Column[] = [
  { head: 'layer', cell: ({ name }) => escapeHtml(name), key: (_, __, index) => index },
  { head: 'operator', cell: ({ operator }) => escapeHtml(operator) },
  {
    head: 'output',
    cell: ({ outputs }) => escapeHtml(outputSizes(outputs)),
    key: ({ activationBytes }) => activationBytes,
  },
  { head: 'parameters', cell: ({ parameters }) => number(parameters, count), key: ({ parameters }) => parameters },
  { head: 'MACs', cell: ({ macs }) => number(macs, count), key: ({ macs }) => macs },
  { head: 'weights', cell: ({ weightBytes }) => number(weightBytes, bytes), key: ({ weightBytes }) => weightBytes },
  { head: 'activation', cell: ({ activationBytes }) => bytes(activationBytes), key: (layer) => layer.activationBytes },
];

const errors: readonly Column[] = [
  {
    head: 'alone',
    cell: (_, error) => (error ? decibels(error.local.sqnr) : NO_FIGURE),
    key: (_, error) => error?.local.sqnr ?? Number.MAX_VALUE,
  },
  {
    head: 'up to there',
    cell: (_, error) => (error ? decibels(error.cumulated.sqnr) : NO_FIGURE),
    key: (_, error) => error?.cumulated.sqnr ?? Number.MAX_VALUE,
  },
  {
    head: 'out of range',
    cell: (_, error) => (error ? percent(error.codes.saturated) : NO_FIGURE),
    key: (_, error) => error?.codes.saturated ?? -1,
  },
  {
    head: 'codes −128 … 127',
    cell: (_, error) => (error ? histogram(error.codes.histogram) : NO_FIGURE),
    key: (_, error) => error?.codes.used ?? -1,
  },
];

export function layerTable({ layers, islands }: InspectReport, layerErrors?: LayerErrors): string {
  const byValue = new Map(layerErrors?.layers.map((error) => [error.value, error]));
  const columns = [...costs, ...(layerErrors ? errors : [])];
  const heads = columns.map(({ head }) => `<th><button type="button">${head}</button></th>`);
  const rows = layers.map((layer, index) => {
    const error = layer.outputs.map(({ name }) => byValue.get(name)).find((one) => one !== undefined);
    const cells = columns.map(({ cell, key }) => {
      const sort = key ? ` data-key="${key(layer, error, index)}"` : '';
      return `<td${sort}>${cell(layer, error)}</td>`;
    });
    return `<tr${layer.isFloat && islands ? ' class="float"' : ''}>${cells.join('')}</tr>`;
  });
  return `<div class="scroll tall"><table class="sortable"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** `1 × 22 × 64`; of outputs that are alike, how many there are. */
function outputSizes(outputs: Layer['outputs']): string {
  const sizes = outputs.map(({ shape }) => shape.join(' × ') || 'a number');
  const isRepeated = sizes.length > 1 && sizes.every((size) => size === sizes[0]);
  return isRepeated ? `${sizes[0]}, ${sizes.length} of them` : sizes.join('; ');
}

function number(value: number, format: (value: number) => string): string {
  return value === 0 ? NO_FIGURE : format(value);
}

/** Heights by the square root, so that rare codes are seen beside frequent ones. */
function histogram(shares: readonly number[]): string {
  const most = Math.sqrt(Math.max(...shares, Number.MIN_VALUE));
  const path = shares.map((share, bin) => `V${round(20 - (20 * Math.sqrt(share)) / most)}H${bin + 1}`).join('');
  return `<svg class="histogram" viewBox="0 0 ${shares.length} 20" preserveAspectRatio="none" aria-hidden="true"><path class="own" d="M0 20${path}V20Z"/></svg>`;
}

/** Parameters and multiply-accumulates by layer, and by operator. */
import type { InspectReport, Layer } from '../inspect-report.js';
import { escapeHtml } from './escape.js';
import { count, percent, short, ticks } from './figures.js';
import { bar, plot } from './plot.js';

export function costCharts(report: InspectReport): string {
  const { layers } = report;
  const chart = (what: string, of: (layer: Layer) => number) => {
    const most = Math.max(...layers.map(of));
    if (!(most > 0)) return '';
    const marks = ticks(most);
    const top = marks.at(-1)!;
    const largest = layers.findIndex((layer) => of(layer) === most);
    return `<h3>${what}</h3>${plot({
      description: `${what} of ${layers.length} layers`,
      ...{ ticks: marks, format: short, count: layers.length, height: 'low' },
      shapes: layers
        .map((layer, index) =>
          of(layer) > 0
            ? bar(index, of(layer), top, layer.isFloat && report.islands ? 'island' : 'bar', words(layer))
            : '',
        )
        .join(''),
      labels: [{ x: (largest + 0.5) / layers.length, y: most / top, text: layers[largest]!.name }],
    })}`;
  };
  return `${chart('Multiply-accumulates', ({ macs }) => macs)}${chart('Parameters', ({ parameters }) => parameters)}${byOperator(report)}`;
}

const words = ({ name, operator, macs, parameters }: Layer) =>
  `${name} (${operator})\n${count(macs)} MACs\n${count(parameters)} parameters`;

function byOperator({ layers, totals }: InspectReport): string {
  const operators = [...new Set(layers.map(({ operator }) => operator))];
  const groups = operators.map((operator) => {
    const members = layers.filter((layer) => layer.operator === operator);
    return {
      operator,
      layers: members.length,
      macs: members.reduce((sum, { macs }) => sum + macs, 0),
      parameters: members.reduce((sum, { parameters }) => sum + parameters, 0),
    };
  });
  groups.sort((a, b) => b.macs - a.macs || b.parameters - a.parameters || b.layers - a.layers);
  const rows = groups.map(
    (group) =>
      `<tr><td>${escapeHtml(group.operator)}</td><td>${group.layers}</td><td>${count(group.macs)}</td><td>${percent(totals.macs === 0 ? 0 : group.macs / totals.macs)}</td><td>${count(group.parameters)}</td></tr>`,
  );
  return `<details><summary>By operator</summary><div class="scroll"><table><thead><tr><th>operator</th><th>layers</th><th>MACs</th><th>of all</th><th>parameters</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`;
}

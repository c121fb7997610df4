/** What int8 costs: the signal-to-quantization-noise ratio of every layer, along the network and worst first. */
import type { LayerError, LayerErrors } from '../compare/layer-errors.js';
import { escapeHtml } from './escape.js';
import { decibels, percent, ticks } from './figures.js';
import { bar, heightOf, plot, round } from './plot.js';

/** Rows of the list of the worst, and bars that are marked. */
const WORST = 12;
const MARKED = 3;
/** What is better looks alike. */
const MOST_SHOWN = 70;

export function errorCharts({ layers }: LayerErrors): string {
  return `${alongNetwork(layers)}${worstFirst(layers.slice(0, WORST))}`;
}

function alongNetwork(worst: readonly LayerError[]): string {
  const marked = new Set(worst.slice(0, MARKED));
  const layers = worst.toSorted((a, b) => a.position - b.position);
  const best = Math.max(...layers.flatMap(({ local, cumulated }) => [local.sqnr, cumulated.sqnr]));
  const marks = ticks(Math.min(MOST_SHOWN, Math.max(best, 10)));
  const top = marks.at(-1)!;
  const bars = layers.map((layer, index) =>
    bar(index, Math.max(0, layer.local.sqnr), top, marked.has(layer) ? 'worst' : 'bar', words(layer)),
  );
  const line = layers.map(({ cumulated }, index) => {
    const y = heightOf(Math.max(0, cumulated.sqnr), top);
    return `${index === 0 ? 'M' : 'L'}${round(index + 0.5)} ${y}`;
  });
  const picture = plot({
    description: `Signal-to-quantization-noise ratio of ${layers.length} layers in dB`,
    ...{ ticks: marks, format: (tick) => `${tick} dB`, count: layers.length },
    shapes: `${bars.join('')}<path class="line" d="${line.join('')}"/>`,
    ends: ['input', 'output'],
  });
  return `<h3>Along the network</h3>
<p class="legend"><span class="key bar"></span>the layer alone <span class="key worst"></span>the ${Math.min(MARKED, layers.length)} worst <span class="key line"></span>the network up to there</p>
${picture}`;
}

function worstFirst(layers: readonly LayerError[]): string {
  const rows = layers.map((layer) => {
    const { value, operator, local, cumulated, codes, isScaled } = layer;
    const scaled = isScaled ? ' <span class="soft">channels scaled</span>' : '';
    return `<tr><td>${escapeHtml(value)}${scaled}</td><td>${escapeHtml(operator)}</td><td>${decibels(local.sqnr)}</td><td class="track">${track(local.sqnr)}</td><td>${decibels(cumulated.sqnr)}</td><td>${percent(codes.saturated)}</td><td>${codes.used}</td></tr>`;
  });
  return `<h3>Worst first</h3><div class="scroll"><table><thead><tr><th>value</th><th>operator</th><th>alone</th><th></th><th>up to there</th><th>out of range</th><th>codes used</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function track(sqnr: number): string {
  const width = round(Math.min(100, Math.max(0, (100 * sqnr) / MOST_SHOWN)));
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" y="2" width="${width}" height="6"/></svg>`;
}

const words = ({ value, operator, local, cumulated }: LayerError) =>
  `${value} (${operator})\nalone ${decibels(local.sqnr)}\nup to there ${decibels(cumulated.sqnr)}, cosine ${cumulated.cosine.toFixed(4)}`;

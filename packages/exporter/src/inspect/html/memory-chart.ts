/** Activation memory over the schedule: what is live at each step, and where it is most. */
import type { InspectReport } from '../inspect-report.js';
import { bytes, byteTicks } from './figures.js';
import { heightOf, plot, round, title } from './plot.js';

export function memoryChart({ layers, memory }: InspectReport): string {
  const { steps, peakBytes, peakStep } = memory;
  if (steps.length === 0) return '<p>There is no step, and no memory.</p>';
  const { ticks, format } = byteTicks(peakBytes);
  const top = ticks.at(-1)!;
  const area = (className: string, of: (step: (typeof steps)[number]) => number) => {
    const path = steps.map((step, index) => `V${heightOf(of(step), top)}H${index + 1}`).join('');
    return `<path class="${className}" d="M0 100${path}V100Z"/>`;
  };
  const hits = steps.map(({ bytes: live, live: names }, index) => {
    const { name, operator } = layers[index]!;
    const words = `${name} (${operator})\n${bytes(live)} live:\n${names.join('\n')}`;
    return `<rect class="hit" x="${index}" y="0" width="1" height="100">${title(words)}</rect>`;
  });
  const peak = `<path class="peak" d="M${peakStep + 0.5} 100V${heightOf(peakBytes, top)}"/>`;
  return plot({
    description: `Activation memory over ${steps.length} steps, at most ${bytes(peakBytes)}`,
    ...{ ticks, format, count: steps.length },
    shapes: `${area('kept', (step) => step.bytes)}${area('own', (step) => step.ownBytes)}${peak}${hits.join('')}`,
    labels: [
      {
        x: round((peakStep + 0.5) / steps.length),
        y: peakBytes / top,
        text: `peak ${bytes(peakBytes)} at ${layers[peakStep]!.name}`,
        className: 'strong',
      },
    ],
    ends: ['first step', 'last'],
  });
}

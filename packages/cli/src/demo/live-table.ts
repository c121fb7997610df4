/** The table that a demo shows while it runs. */
import type { LatencyPercentiles } from '@edgebeat/runtime';
import type { Truth } from '@edgebeat/sim-device';
import { milliseconds, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import type { Observation } from './observer.js';
import type { Timeline } from './scenario.js';

export interface LiveState {
  readonly title: string;
  /** Name of the model that answers. */
  readonly model: string;
  readonly elapsedSeconds: number;
  readonly timeline: Timeline;
  readonly latency: LatencyPercentiles;
  readonly rows: readonly { readonly observation: Observation; readonly truth: Truth }[];
}

const columns = [
  { title: 'watch' },
  { title: 'worn by' },
  { title: 'bpm', align: 'right' },
  { title: 'beats', align: 'right' },
  { title: 'answer' },
  { title: 'score', align: 'right' },
  { title: 'right', align: 'right' },
  { title: 'activity' },
  { title: 'quality' },
] as const;

export function renderLive({ title, model, elapsedSeconds, timeline, latency, rows }: LiveState): string {
  const table = renderTable(
    columns,
    rows.map(({ observation, truth }) => [
      observation.device,
      truth.identity ?? '(nobody)',
      observation.heartRate?.toFixed(0) ?? noFigure,
      observation.beats,
      answerOf(observation),
      observation.identity?.score?.toFixed(3) ?? noFigure,
      observation.answers === 0 ? noFigure : percent(observation.right / observation.answers, 0),
      noFigure,
      qualityOf(observation),
    ]),
  );
  const clock = `${Math.min(elapsedSeconds, timeline.seconds).toFixed(0)} of ${timeline.seconds} s`;
  const latencies = [latency.p50, latency.p95, latency.p99].map(milliseconds).join(' / ');
  return [
    `edgebeat: ${title}, recognised by ${model}, ${clock}, ${phaseOf(elapsedSeconds, timeline)}`,
    '',
    table,
    '',
    `answer latency p50 / p95 / p99, measured: ${latencies}`,
  ].join('\n');
}

function answerOf({ identity }: Observation): string {
  if (!identity) return noFigure;
  const { decision, enrolment } = identity;
  if (decision === 'enrolling') return `enrolling ${percent(enrolment?.progress ?? 0, 0)}`;
  if (decision === 'undecided') return noFigure;
  return identity.identity ?? decision;
}

function qualityOf({ sqi, reasons }: Observation): string {
  if (sqi === null) return noFigure;
  const bars = '▁▂▃▄▅▆▇█';
  const bar = bars[Math.min(bars.length - 1, Math.floor(sqi * bars.length))];
  return `${bar} ${sqi.toFixed(2)}${reasons.length > 0 ? ` ${reasons.join(', ')}` : ''}`;
}

function phaseOf(seconds: number, { enrolSeconds, swapSeconds, swappedSeconds }: Timeline): string {
  if (seconds < enrolSeconds) return 'every wearer enrols';
  if (seconds < swapSeconds) return 'recognising; two wearers will swap their watches';
  if (seconds < swappedSeconds) return 'two wearers swap their watches';
  return 'two wearers have swapped their watches';
}

/** The table that a demo shows while it runs. */
import type { LatencyPercentiles } from '@edgebeat/runtime';
import type { Truth } from '@edgebeat/sim-device';
import { milliseconds, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import type { Observation } from './observer.js';
import type { Timeline } from './scenario.js';

export interface LiveState {
  readonly title: string;
  /** Names of the models that answer. */
  readonly models: string;
  readonly elapsedSeconds: number;
  readonly timeline: Timeline;
  readonly latency: LatencyPercentiles;
  readonly rows: readonly {
    readonly observation: Observation;
    readonly truth: Truth;
    /** Whether nobody enrolled the one who wears it. */
    readonly isStranger: boolean;
  }[];
}

const columns = [
  { title: 'watch' },
  { title: 'worn by' },
  { title: 'bpm', align: 'right' },
  { title: 'beats', align: 'right' },
  { title: 'answer' },
  { title: 'score', align: 'right' },
  { title: 'right', align: 'right' },
  { title: 'does' },
  { title: 'activity' },
  { title: 'right', align: 'right' },
  { title: 'quality' },
] as const;

export function renderLive({ title, models, elapsedSeconds, timeline, latency, rows }: LiveState): string {
  const table = renderTable(
    columns,
    rows.map(({ observation, truth, isStranger }) => [
      observation.device,
      wornBy(truth.identity, isStranger),
      observation.heartRate?.toFixed(0) ?? noFigure,
      observation.beats,
      answerOf(observation),
      observation.identity?.score?.toFixed(3) ?? noFigure,
      share(observation.right, observation.answers),
      truth.activity ?? noFigure,
      observation.activity?.activity ?? noFigure,
      share(observation.agreeing, observation.decisions),
      qualityOf(observation),
    ]),
  );
  const clock = `${Math.min(elapsedSeconds, timeline.seconds).toFixed(0)} of ${timeline.seconds} s`;
  const latencies = [latency.p50, latency.p95, latency.p99].map(milliseconds).join(' / ');
  return [
    `edgebeat: ${title}, recognised by ${models}, ${clock}, ${phaseOf(elapsedSeconds, timeline)}`,
    '',
    table,
    '',
    `answer latency p50 / p95 / p99, measured: ${latencies}`,
  ].join('\n');
}

/** Who wears a watch, for people. */
export function wornBy(wearer: string | null, isStranger: boolean): string {
  if (wearer === null) return '(nobody)';
  return isStranger ? `${wearer} (stranger)` : wearer;
}

function share(right: number, answers: number): string {
  return answers === 0 ? noFigure : percent(right / answers, 0);
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

function phaseOf(seconds: number, { enrolSeconds, swap }: Timeline): string {
  if (seconds < enrolSeconds) return 'wearers enrol';
  if (!swap) return 'recognising';
  if (seconds < swap.offSeconds) return 'recognising; two wearers will swap their watches';
  if (seconds < swap.onSeconds) return 'two wearers swap their watches';
  return 'two wearers have swapped their watches';
}

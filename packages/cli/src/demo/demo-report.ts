/** What a demo comes to, for people and for machines. */
import { count, milliseconds, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import type { Demonstration, WatchOutcome } from './demonstration.js';
import { wornBy } from './live-table.js';
import type { Timeline } from './scenario.js';

export function buildReport(demonstration: Demonstration, seed: string) {
  const { title, model, activityModel, timeline, elapsedSeconds, latency, outcomes } = demonstration;
  return {
    schema: 'edgebeat.demo/1',
    title,
    model,
    activityModel: activityModel ?? null,
    seed,
    seconds: timeline.seconds,
    /** How far it came: less than `seconds` where it was interrupted. */
    playedSeconds: elapsedSeconds,
    /** When two wearers swapped watches; null where nobody does. */
    swapSeconds: timeline.swap?.offSeconds ?? null,
    devices: outcomes.map((outcome) => deviceOf(outcome, timeline)),
    /** Measured: from a frame's arrival at the gateway to the publication of the answer it completes. */
    answerLatencyMs: { p50: latency.p50, p95: latency.p95, p99: latency.p99 },
  } as const;
}

type Report = ReturnType<typeof buildReport>;

function deviceOf(outcome: WatchOutcome, { swap }: Timeline) {
  const { observation, watch, sourceBeats, isSwapped, wearer, isStranger, sourceActivity, framesLost } = outcome;
  const { answers, right, undecided, noticedSeconds, decisions, agreeing } = observation;
  return {
    id: observation.device,
    sourceBeats,
    beats: observation.beats,
    /** Who wore it in the end, and whether that was somebody whom nobody had enrolled. */
    wearer,
    isStranger,
    /** Whom the answer should name: the wearer, and nobody for a stranger. */
    sourceIdentity: isStranger ? null : wearer,
    identity: observation.identity?.identity ?? null,
    /** Share of the deciding answers after the enrolment that name whoever wore the watch, or nobody where a stranger did. */
    identityAgreement: answers === 0 ? null : right / answers,
    answers,
    /** Answers that leave it open, because the signal was too noisy to look at. */
    undecided,
    /** From the first contact after the swap to the first right answer; null where there was no swap, or no such answer. */
    swapNoticedSeconds: isSwapped && swap && noticedSeconds !== undefined ? noticedSeconds - swap.onSeconds : null,
    sourceActivity,
    activity: observation.activity?.activity ?? null,
    /**
     * Share of the answers on activity (answers of null apart) that name what the wearer did, over windows in which neither
     * the wearer nor the activity changed.
     */
    activityAgreement: decisions === 0 ? null : agreeing / decisions,
    activityAnswers: decisions,
    framesSent: watch.framesSent,
    framesLost,
  };
}

export function renderReport(report: Report): string {
  const { title, model, activityModel, seconds, playedSeconds, swapSeconds, seed, devices, answerLatencyMs } = report;
  const columns = [
    { title: 'watch' },
    { title: 'beats', align: 'right' },
    { title: 'of', align: 'right' },
    { title: 'worn by' },
    { title: 'answer' },
    { title: 'right', align: 'right' },
    { title: 'open', align: 'right' },
    { title: 'change noticed', align: 'right' },
    { title: 'does' },
    { title: 'activity' },
    { title: 'right', align: 'right' },
    { title: 'frames', align: 'right' },
    { title: 'lost', align: 'right' },
  ] as const;
  const rows = devices.map((device) => [
    device.id,
    count(device.beats),
    device.sourceBeats === null ? noFigure : count(device.sourceBeats),
    wornBy(device.wearer, device.isStranger),
    device.identity ?? 'unknown',
    shareOf(device.identityAgreement, device.answers),
    count(device.undecided),
    device.swapNoticedSeconds === null ? noFigure : `after ${device.swapNoticedSeconds.toFixed(1)} s`,
    device.sourceActivity ?? noFigure,
    device.activity ?? noFigure,
    shareOf(device.activityAgreement, device.activityAnswers),
    count(device.framesSent),
    count(device.framesLost),
  ]);
  const duration = playedSeconds < seconds ? `ended at ${playedSeconds.toFixed(0)} of ${seconds} s` : `${seconds} s`;
  const hasSwapped = swapSeconds !== null && playedSeconds >= swapSeconds;
  const swap = hasSwapped ? `, two wearers swapped watches at ${swapSeconds} s` : '';
  const models = activityModel === null ? model : `${model} and ${activityModel}`;
  const { p50, p95, p99 } = answerLatencyMs;
  return [
    `edgebeat: ${title}, recognised by ${models}, ${duration}${swap} (seed ${seed})`,
    '',
    renderTable(columns, rows),
    '',
    `answer latency p50 / p95 / p99, measured: ${[p50, p95, p99].map(milliseconds).join(' / ')}`,
  ].join('\n');
}

function shareOf(share: number | null, answers: number): string {
  return share === null ? noFigure : `${percent(share, 0)} of ${answers}`;
}

/** What a demo comes to, for people and for machines. */
import { count, milliseconds, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import type { Demonstration, WatchOutcome } from './demonstration.js';
import type { Timeline } from './scenario.js';

export function buildReport(demonstration: Demonstration, seed: string) {
  const { title, model, timeline, elapsedSeconds, latency, outcomes } = demonstration;
  return {
    schema: 'edgebeat.demo/1',
    title,
    model,
    seed,
    seconds: timeline.seconds,
    /** How far it came: less than `seconds` where it was interrupted. */
    playedSeconds: elapsedSeconds,
    swapSeconds: timeline.swapSeconds,
    devices: outcomes.map((outcome) => deviceOf(outcome, timeline)),
    /** Measured: from a frame's arrival at the gateway to the publication of the answer it completes. */
    answerLatencyMs: { p50: latency.p50, p95: latency.p95, p99: latency.p99 },
  } as const;
}

type Report = ReturnType<typeof buildReport>;

function deviceOf(outcome: WatchOutcome, { swappedSeconds }: Timeline) {
  const { observation, watch, sourceBeats, isSwapped, sourceIdentity, sourceActivity, framesLost } = outcome;
  const { answers, right, noticedSeconds } = observation;
  return {
    id: observation.device,
    sourceBeats,
    beats: observation.beats,
    sourceIdentity,
    identity: observation.identity?.identity ?? null,
    /** Share of the answers after the enrolment that name whoever wore the watch. */
    identityAgreement: answers === 0 ? null : right / answers,
    answers,
    /** From the first contact after the swap to the first right answer; null where there was no swap, or no such answer. */
    swapNoticedSeconds: isSwapped && noticedSeconds !== undefined ? noticedSeconds - swappedSeconds : null,
    sourceActivity,
    activity: null,
    activityAgreement: null,
    framesSent: watch.framesSent,
    framesLost,
  };
}

export function renderReport(report: Report): string {
  const { title, model, seconds, playedSeconds, swapSeconds, seed, devices, answerLatencyMs } = report;
  const columns = [
    { title: 'watch' },
    { title: 'beats', align: 'right' },
    { title: 'of', align: 'right' },
    { title: 'worn by' },
    { title: 'answer' },
    { title: 'answers right', align: 'right' },
    { title: 'change noticed', align: 'right' },
    { title: 'frames', align: 'right' },
    { title: 'lost', align: 'right' },
  ] as const;
  const rows = devices.map((device) => [
    device.id,
    count(device.beats),
    device.sourceBeats === null ? noFigure : count(device.sourceBeats),
    device.sourceIdentity ?? '(nobody)',
    device.identity ?? 'unknown',
    device.identityAgreement === null ? noFigure : `${percent(device.identityAgreement, 0)} of ${device.answers}`,
    device.swapNoticedSeconds === null ? noFigure : `after ${device.swapNoticedSeconds.toFixed(1)} s`,
    count(device.framesSent),
    count(device.framesLost),
  ]);
  const duration = playedSeconds < seconds ? `ended at ${playedSeconds.toFixed(0)} of ${seconds} s` : `${seconds} s`;
  const swap = playedSeconds < swapSeconds ? '' : `, two wearers swapped watches at ${swapSeconds} s`;
  const { p50, p95, p99 } = answerLatencyMs;
  return [
    `edgebeat: ${title}, recognised by ${model}, ${duration}${swap} (seed ${seed})`,
    '',
    renderTable(columns, rows),
    '',
    `answer latency p50 / p95 / p99, measured: ${[p50, p95, p99].map(milliseconds).join(' / ')}`,
  ].join('\n');
}

/** Plays a recording to the firmware on a board, to its twin and to the gateway, and compares what they answer. */

import type { Model } from '@edgebeat/graph';
import {
  type EcgSource,
  ENROLMENT,
  type EnrolmentGoal,
  type FirmwareTransport,
  LOWEST_QUALITY,
} from '@edgebeat/sim-device';
import { compareMessages } from './compare-messages.js';
import { findingsOf, type Side } from './firmware-report.js';
import { gatewayAnswers } from './gateway-answers.js';
import { type WatchAnswers, type WatchRunOptions, watchAnswers } from './watch-answers.js';

export interface FirmwareRunRequest {
  readonly int8: Model;
  readonly board: { readonly name: string; readonly transport: FirmwareTransport };
  readonly twin: FirmwareTransport | undefined;
  /** Gives the same samples each time. */
  readonly openSource: () => Promise<EcgSource>;
  readonly subject: string;
  readonly enrolSeconds: number;
  readonly signal: AbortSignal;
  /** Told of each part before it begins. */
  readonly onPart: (name: string) => void;
}

export interface FirmwareRunResult {
  readonly board: WatchAnswers;
  readonly sides: readonly Side[];
  readonly equal: boolean;
}

const DEVICE = 'watch-1';
/** Any: the same for all, so that their messages are. */
const STREAM_ID = 1;
const START_TIME_US = Date.UTC(2026, 0, 1) * 1000;

/** @throws FirmwareError where firmware cannot be run; what reading the source throws. */
export async function runFirmware(request: FirmwareRunRequest): Promise<FirmwareRunResult> {
  const { board, twin, onPart } = request;
  onPart(board.name);
  const ofBoard = await watchAnswers(await watchRun(request, board.transport));
  const sides: Side[] = [
    { name: board.name, ...findingsOf(ofBoard.messages), comparison: null, frameMismatches: null },
  ];
  if (twin !== undefined) {
    onPart('twin');
    const ofTwin = await watchAnswers(await watchRun(request, twin));
    sides.push({
      name: 'twin',
      ...comparedWith(ofBoard, ofTwin.messages),
      frameMismatches: differentFrames(ofBoard, ofTwin),
    });
  }
  onPart('gateway');
  const { threshold, windows } = ofBoard.started;
  const ofGateway = await gatewayAnswers(request.int8, ofBoard.frames, {
    ...{ device: DEVICE, threshold, windows, lowestQuality: LOWEST_QUALITY },
    autoEnrol: { subject: request.subject, seconds: request.enrolSeconds },
  });
  sides.push({ name: 'gateway', ...comparedWith(ofBoard, ofGateway), frameMismatches: null });
  const equal = sides.every((side) => (side.comparison?.mismatches ?? 0) + (side.frameMismatches ?? 0) === 0);
  return { board: ofBoard, sides, equal };
}

async function watchRun(
  { openSource, subject, enrolSeconds, signal }: FirmwareRunRequest,
  transport: FirmwareTransport,
): Promise<WatchRunOptions> {
  const goal: EnrolmentGoal = { ...ENROLMENT, seconds: enrolSeconds };
  return {
    ...{ device: DEVICE, source: await openSource(), transport, signal },
    ...{ streamId: STREAM_ID, startTimeUs: START_TIME_US, lowestQuality: LOWEST_QUALITY },
    autoEnrol: { subject, goal },
  };
}

function comparedWith(board: WatchAnswers, messages: Parameters<typeof findingsOf>[0]) {
  return { ...findingsOf(messages), comparison: compareMessages(board.messages, messages) };
}

function differentFrames(board: WatchAnswers, twin: WatchAnswers): number {
  const count = Math.max(board.frames.length, twin.frames.length);
  const isSame = (i: number) => {
    const [a, b] = [board.frames[i], twin.frames[i]];
    return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
  };
  return Array.from({ length: count }, (_, i) => i).filter((i) => !isSame(i)).length;
}

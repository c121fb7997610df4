/** What a watch with firmware answers to a recording, and how long its board took for it. */
import {
  type BoardFigures,
  boardFigures,
  type EcgSource,
  type EnrolmentGoal,
  type FirmwareEvent,
  type FirmwareEventOf,
  type FirmwareMessage,
  FirmwareRun,
  type FirmwareTransport,
  messageOf,
} from '@edgebeat/sim-device';

export interface WatchRunOptions {
  readonly device: string;
  readonly source: EcgSource;
  readonly transport: FirmwareTransport;
  readonly streamId: number;
  readonly startTimeUs: number;
  readonly lowestQuality: number;
  readonly autoEnrol: { readonly subject: string; readonly goal: EnrolmentGoal };
  readonly signal: AbortSignal;
}

export interface WatchAnswers {
  readonly started: FirmwareEventOf<'started'>;
  readonly events: readonly FirmwareEvent[];
  /** What it publishes, in order. */
  readonly messages: readonly FirmwareMessage[];
  readonly frames: readonly Uint8Array[];
  /** Of a board; undefined where the firmware runs elsewhere. */
  readonly figures: BoardFigures | undefined;
  /** Length of the signal, s. */
  readonly seconds: number;
}

/** @throws FirmwareError where the firmware cannot be run; SourceError. */
export async function watchAnswers(options: WatchRunOptions): Promise<WatchAnswers> {
  const { device, source, transport, signal, ...settings } = options;
  const events: FirmwareEvent[] = [];
  const run = new FirmwareRun({
    ...{ source, transport },
    settings: { ...settings, scaleNanovolts: 1000 },
    onEvent: (event) => events.push(event),
  });
  await run.run(signal);
  const started = events.find((event) => event.kind === 'started')!;
  const context = { device, clockUnsynchronised: false, ...settings, ...started };
  const measured = events.find((event) => event.kind === 'measured');
  return {
    ...{ started, events, seconds: run.progress.seconds },
    messages: events.flatMap((event) => messageOf(event, context) ?? []),
    frames: events.flatMap((event) => (event.kind === 'frame' ? [event.bytes] : [])),
    figures: measured && boardFigures(measured),
  };
}

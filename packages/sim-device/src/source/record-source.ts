/** A source that replays recordings: one or several in turn, each with a wearer of its own. */
import { type Annotation, annotationSymbols, type EcgRecord } from '@edgebeat/ecg';
import { type ChannelPiece, channelPieces } from './channel-pieces.js';
import { type EcgSource, type SourceChunk, SourceError, type TrueBeat, type Truth } from './ecg-source.js';

/** One recording on the playlist. */
export interface ReplayItem {
  readonly record: EcgRecord;
  /** Index or name of the channel; the first where not given. */
  readonly channel?: number | string;
  /** Who wears the watch; what the record says of its person, where not given. */
  readonly identity?: string | null;
  /** What the wearer does; what the record says, where not given. */
  readonly activity?: string | null;
  /** The part `[from, to)` that is played, in fractions of the recorded samples; the whole record, where not given. */
  readonly part?: { readonly from: number; readonly to: number };
  /** How long to play: a shorter record (or part) begins again after the pause, a longer one is cut. Once through, where not given. */
  readonly seconds?: number;
  /** Reference annotations of the record; the beats among them become the true R peaks. */
  readonly annotations?: readonly Annotation[];
}

export interface RecordSourceOptions {
  readonly items: readonly ReplayItem[];
  /** How often the whole playlist is played. Default 1; may be infinite. */
  readonly loops?: number;
  /** Time that passes without a sample between two recordings, s. Default 1. */
  readonly pauseSeconds?: number;
}

interface Track {
  readonly pieces: readonly ChannelPiece[];
  readonly rate: number;
  readonly truth: Truth;
  /** R peaks, as ascending sample positions in the channel. */
  readonly beats: readonly number[] | undefined;
  /** Length of the record, s, and for how long it is played. */
  readonly recordSeconds: number;
  readonly playSeconds: number;
  /** When it begins, s after the playlist does. */
  readonly startSeconds: number;
}

/** A real gap of a recording is a gap of the stream. */
export class RecordSource implements EcgSource {
  readonly name: string;
  readonly #tracks: readonly Track[];
  readonly #loops: number;
  readonly #pause: number;
  readonly #cycleSeconds: number;
  #loop = 0;
  #track = 0;
  /** How often the current track has been played to its end, and where in it we are. */
  #pass = 0;
  #piece = 0;
  #offset = 0;

  /** @throws SourceError for an empty playlist, a channel that is not there or not in mV, or a length that cannot be. */
  constructor({ items, loops = 1, pauseSeconds = 1 }: RecordSourceOptions) {
    if (items.length === 0) throw new SourceError('an empty playlist', 'Name at least one record.');
    if (!(loops >= 1)) throw new SourceError(`${loops} loops`, 'Play the records once or more often.');
    if (!(pauseSeconds >= 0)) throw new SourceError(`a pause of ${pauseSeconds} s`, 'Let it be 0 s or longer.');
    const tracks: Track[] = [];
    let startSeconds = 0;
    for (const item of items) {
      const track = makeTrack(item, startSeconds);
      tracks.push(track);
      startSeconds += track.playSeconds + pauseSeconds;
    }
    this.name = items.map(({ record }) => record.name).join('+');
    this.#tracks = tracks;
    this.#loops = loops;
    this.#pause = pauseSeconds;
    this.#cycleSeconds = startSeconds;
  }

  truthAt(seconds: number): Truth {
    const inCycle = seconds % this.#cycleSeconds;
    const track = this.#tracks.findLast(({ startSeconds }) => startSeconds <= inCycle)!;
    const plays = seconds < this.#loops * this.#cycleSeconds && inCycle < track.startSeconds + track.playSeconds;
    return plays ? track.truth : { identity: null, activity: null };
  }

  read(count: number): SourceChunk | undefined {
    while (this.#loop < this.#loops) {
      const track = this.#tracks[this.#track]!;
      const piece = track.pieces[this.#piece];
      if (piece !== undefined) {
        const chunk = this.#readPiece(track, piece, count);
        if (chunk !== undefined) return chunk;
        this.#piece++;
      } else {
        this.#pass++;
        this.#piece = 0;
        if (this.#passStart(track) >= track.playSeconds) this.#nextTrack();
      }
      this.#offset = 0;
    }
    return undefined;
  }

  #nextTrack(): void {
    this.#pass = 0;
    this.#track++;
    if (this.#track < this.#tracks.length) return;
    this.#track = 0;
    this.#loop++;
  }

  /** When the current pass of a track begins, s after the track does. */
  #passStart(track: Track): number {
    return this.#pass * (track.recordSeconds + this.#pause);
  }

  /** The next samples of a piece; undefined where it, or the time of its track, is over. */
  #readPiece(track: Track, piece: ChannelPiece, count: number): SourceChunk | undefined {
    const { rate } = track;
    const pieceStart = this.#passStart(track) + piece.seconds;
    const playable = Math.ceil((track.playSeconds - pieceStart) * rate - 1e-6);
    const from = this.#offset;
    const to = Math.min(from + count, piece.samples.length, playable);
    if (to <= from) return undefined;
    this.#offset = to;
    const seconds = this.#loop * this.#cycleSeconds + track.startSeconds + pieceStart + from / rate;
    const first = piece.firstSample + from;
    return {
      samples: piece.samples.slice(from, to),
      rate,
      seconds,
      leadOff: false,
      beats: track.beats && beatsBetween(track.beats, first, first + to - from, rate, seconds),
    };
  }
}

function beatsBetween(beats: readonly number[], first: number, end: number, rate: number, seconds: number): TrueBeat[] {
  let low = 0;
  for (let high = beats.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (beats[middle]! < first) low = middle + 1;
    else high = middle;
  }
  const found: TrueBeat[] = [];
  for (let i = low; i < beats.length && beats[i]! < end; i++) {
    found.push({ seconds: seconds + (beats[i]! - first) / rate });
  }
  return found;
}

function makeTrack(item: ReplayItem, startSeconds: number): Track {
  const { record, channel: wanted = 0, annotations, part = { from: 0, to: 1 } } = item;
  const whole = record.channels.find(({ name }, index) => wanted === index || wanted === name);
  if (whole === undefined) {
    const names = record.channels.map(({ name }, index) => `${index} (${name})`).join(', ');
    throw new SourceError(`${record.name} has no channel ${wanted}`, `Its channels: ${names}.`);
  }
  if (whole.units !== 'mV') {
    const problem = `channel ${whole.name} of ${record.name} is in '${whole.units}', not in mV`;
    throw new SourceError(problem, 'Choose an ECG channel, or state its gain in the record.');
  }
  if (!(part.from >= 0 && part.from < part.to && part.to <= 1)) {
    const problem = `the part [${part.from}, ${part.to}) of ${record.name}`;
    throw new SourceError(problem, 'A part goes from 0 or more to 1 or less, in fractions of the record.');
  }
  const perFirstChannel = whole.rate / record.channels[0]!.rate;
  const first = Math.round(part.from * whole.samples.length);
  const channel = { ...whole, samples: whole.samples.subarray(first, Math.round(part.to * whole.samples.length)) };
  const gaps = record.gaps
    .map(({ beforeSample, seconds }) => ({ beforeSample: Math.round(beforeSample * perFirstChannel) - first, seconds }))
    .filter(({ beforeSample }) => beforeSample > 0 && beforeSample < channel.samples.length);
  const pieces = channelPieces(channel, gaps);
  const recordSeconds = channel.samples.length / channel.rate + gaps.reduce((sum, { seconds }) => sum + seconds, 0);
  const { seconds: playSeconds = recordSeconds } = item;
  if (pieces.length === 0 || !(playSeconds > 0)) {
    const problem = pieces.length === 0 ? `${record.name} has no valid sample` : `${record.name} for ${playSeconds} s`;
    throw new SourceError(problem, 'Choose another record, and play it for longer than 0 s.');
  }
  const { identity = record.labels.person ?? null, activity = record.labels.activity ?? null } = item;
  const beats = annotations
    ?.filter(({ symbol }) => annotationSymbols.isBeat(symbol))
    .map(({ sample }) => Math.round(sample * perFirstChannel) - first);
  return { pieces, rate: channel.rate, truth: { identity, activity }, beats, recordSeconds, playSeconds, startSeconds };
}

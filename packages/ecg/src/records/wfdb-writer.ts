/** WFDB records and annotation files as bytes: what a simulated watch or a test records with. Format 16 only. */
import { annotationSymbols } from './annotation-symbols.js';
import type { Annotation, Channel, EcgRecord } from './record.js';
import { RecordError } from './record-error.js';
import { annotationField } from './wfdb-annotations.js';

/** ADC units per physical unit unless the caller states another gain: 1 µV resolution, ±32 mV range. */
export const wfdbDefaultGain = 1000;

const invalidSample = -32768;
const largestValue = 32767;

export interface EncodedWfdbRecord {
  /** Text of `NAME.hea`. */
  readonly header: string;
  /** Bytes of `NAME.dat`. */
  readonly signals: Uint8Array;
}

/**
 * Channels as one multiplexed file of format 16 and its header. NaN is written as the format's invalid sample.
 * @param gain ADC units per physical unit
 * @throws RecordError when channels differ in rate or length, or a sample is too large for the gain
 */
export function encodeWfdbRecord(
  record: Pick<EcgRecord, 'name' | 'channels' | 'start' | 'comments'>,
  gain: number = wfdbDefaultGain,
): EncodedWfdbRecord {
  const { name, channels, start, comments } = record;
  const first = channels[0];
  const refuse = (field: string, problem: string, hint: string): never => {
    throw new RecordError(name, field, problem, hint);
  };
  if (!/^[\w-]+$/.test(name)) {
    refuse('record name', `${JSON.stringify(name)} is not one`, 'Use letters, digits, "_" and "-".');
  }
  if (!first || first.samples.length === 0) return refuse('channels', 'there is nothing to write', 'Add samples.');
  if (!(gain > 0 && Number.isFinite(gain))) refuse('ADC gain', `${gain} is not positive`, 'State a gain above 0.');
  if (channels.some(({ rate, samples }) => rate !== first.rate || samples.length !== first.samples.length)) {
    refuse('channels', 'they differ in rate or length', 'Bring them to one rate and length first.');
  }

  const signals = new Uint8Array(2 * channels.length * first.samples.length);
  const view = new DataView(signals.buffer);
  const lines = channels.map((channel, index) => {
    let sum = 0;
    let initial = 0;
    for (let i = 0; i < channel.samples.length; i++) {
      const value = adcValue(channel, i, gain, name);
      view.setInt16(2 * (i * channels.length + index), value, true);
      sum = (sum + value) | 0;
      if (i === 0) initial = value;
    }
    const units = channel.units.replace(/\s+/g, '_') || 'mV';
    return `${name}.dat 16 ${gain}(0)/${units} 16 0 ${initial} ${(sum << 16) >> 16} 0 ${oneLine(channel.name)}`;
  });
  const recordLine = [name, channels.length, first.rate, first.samples.length, ...(start ? baseTime(start) : [])];
  const header = [recordLine.join(' '), ...lines, ...comments.map((comment) => `# ${oneLine(comment)}`), ''].join('\n');
  return { header, signals };
}

function adcValue({ name, samples }: Channel, i: number, gain: number, file: string): number {
  const sample = samples[i]!;
  if (Number.isNaN(sample)) return invalidSample;
  const value = Math.round(sample * gain);
  if (Math.abs(value) <= largestValue) return value;
  const problem = `sample ${i} is ${sample}, format 16 holds up to ${largestValue / gain} at a gain of ${gain}`;
  throw new RecordError(file, `channel ${name}`, problem, 'Write the record with a smaller gain.');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Base time and base date of a record line, in UTC. */
function baseTime(start: Date): string[] {
  const [date = '', time = ''] = start.toISOString().split('T');
  return [time.slice(0, -1), date.split('-').reverse().join('/')];
}

/**
 * Annotations as the bytes of an annotation file, in the given order.
 * @param file name for messages
 * @throws RecordError for a sample, symbol or field that the MIT format cannot hold
 */
export function encodeWfdbAnnotations(annotations: readonly Annotation[], file = 'annotations'): Uint8Array {
  const bytes: number[] = [];
  const push = (word: number) => bytes.push(word & 0xff, (word >> 8) & 0xff);
  const pushField = (kind: number, value: number) => push((kind << 10) | (value & 0xff));
  let sample = 0;
  let channel = 0;
  let number = 0;
  annotations.forEach((annotation, index) => {
    const code = checked(annotation, index, file);
    const interval = annotation.sample - sample;
    const short = interval >= 0 && interval < 1024;
    if (!short) {
      push(annotationField.skip << 10);
      push(interval >> 16);
      push(interval);
    }
    push((code << 10) | (short ? interval : 0));
    if (annotation.subtype !== 0) pushField(annotationField.subtype, annotation.subtype);
    if (annotation.channel !== channel) pushField(annotationField.channel, annotation.channel);
    if (annotation.number !== number) pushField(annotationField.number, annotation.number);
    const text = new TextEncoder().encode(annotation.aux);
    if (text.length > 0) {
      push((annotationField.aux << 10) | text.length);
      bytes.push(...text, ...(text.length % 2 === 1 ? [0] : []));
    }
    ({ sample, channel, number } = annotation);
  });
  push(0);
  return Uint8Array.from(bytes);
}

/** Code of the annotation's symbol, once every field is known to fit. */
function checked(annotation: Annotation, index: number, file: string): number {
  const { sample, symbol, subtype, channel, number, aux } = annotation;
  const code = annotationSymbols.codeOf(symbol);
  const fits = (value: number, low: number, high: number) => Number.isInteger(value) && value >= low && value <= high;
  const faults = [
    !fits(sample, 0, 2 ** 31 - 1) && `sample ${sample}`,
    !code && `symbol ${JSON.stringify(symbol)}`,
    !fits(subtype, -128, 127) && `subtype ${subtype}`,
    !fits(channel, 0, 255) && `channel ${channel}`,
    !fits(number, -128, 127) && `number ${number}`,
    new TextEncoder().encode(aux).length > 255 && 'auxiliary text of more than 255 bytes',
  ];
  const fault = faults.find((found) => found !== false);
  if (!fault) return code!;
  const hint = 'Leave the annotation out or bring it into the range of the format.';
  throw new RecordError(file, `annotation ${index}`, `${fault} cannot be written`, hint);
}

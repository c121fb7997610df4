/** Builds small EDF and EDF+ files for tests, field by field as the specification orders them. */

export interface EdfSignalSpec {
  label: string;
  units?: string;
  physical?: readonly [number, number];
  digital?: readonly [number, number];
  /** Digital values by data record, or for an annotation signal its text. */
  records: readonly (readonly number[] | string)[];
  samplesPerDataRecord: number;
}

export interface EdfSpec {
  kind?: '' | 'EDF+C' | 'EDF+D';
  patient?: string;
  recording?: string;
  date?: string;
  time?: string;
  duration?: number;
  dataRecords?: number;
  signals: readonly EdfSignalSpec[];
}

export function makeEdf(spec: EdfSpec): Uint8Array {
  const { kind = '', patient = '', recording = '', date = '26.03.24', time = '14.58.13', duration = 1, signals } = spec;
  const count = signals[0]?.records.length ?? 0;
  const field = (value: string | number, width: number) => String(value).padEnd(width).slice(0, width);
  const header = [
    field('0', 8),
    field(patient, 80),
    field(recording, 80),
    field(date, 8),
    field(time, 8),
    field(256 * (signals.length + 1), 8),
    field(kind, 44),
    field(spec.dataRecords ?? count, 8),
    field(duration, 8),
    field(signals.length, 4),
    ...signals.map((signal) => field(signal.label, 16)),
    ...signals.map(() => field('', 80)),
    ...signals.map((signal) => field(signal.units ?? '', 8)),
    ...signals.map((signal) => field(signal.physical?.[0] ?? -1, 8)),
    ...signals.map((signal) => field(signal.physical?.[1] ?? 1, 8)),
    ...signals.map((signal) => field(signal.digital?.[0] ?? -32768, 8)),
    ...signals.map((signal) => field(signal.digital?.[1] ?? 32767, 8)),
    ...signals.map(() => field('', 80)),
    ...signals.map((signal) => field(signal.samplesPerDataRecord, 8)),
    ...signals.map(() => field('', 32)),
  ].join('');
  const bytes: number[] = [...header].map((character) => character.charCodeAt(0));
  for (let record = 0; record < count; record++) {
    for (const signal of signals) {
      const content = signal.records[record]!;
      const part = new Uint8Array(2 * signal.samplesPerDataRecord);
      const view = new DataView(part.buffer);
      if (typeof content === 'string') part.set(new TextEncoder().encode(content));
      else for (const [i, value] of content.entries()) view.setInt16(2 * i, value, true);
      bytes.push(...part);
    }
  }
  return Uint8Array.from(bytes);
}

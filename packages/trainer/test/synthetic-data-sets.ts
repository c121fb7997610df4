/** Tiny data sets in the layouts of the real ones, with made-up hearts: every person has a beat shape of their own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWfdbRecord } from '@edgebeat/ecg';
import { SeededRandom } from '@edgebeat/identity';

/** Five Gaussian waves, P to T: height in mV, centre and width in seconds from the R peak. */
type Heart = readonly { readonly height: number; readonly centre: number; readonly width: number }[];

export function heartOf(person: number): Heart {
  const random = new SeededRandom(person);
  const between = (low: number, high: number) => low + ((high - low) * random.bits()) / 2 ** 32;
  return [
    { height: between(0.05, 0.25), centre: between(-0.22, -0.16), width: between(0.015, 0.03) },
    { height: between(-0.3, 0), centre: -0.035, width: 0.01 },
    { height: between(0.8, 1.4), centre: 0, width: between(0.009, 0.014) },
    { height: between(-0.5, 0), centre: 0.04, width: 0.012 },
    { height: between(0.1, 0.5), centre: between(0.22, 0.32), width: between(0.03, 0.06) },
  ];
}

/** Signal in mV with a little noise; about 75 beats a minute unless `interval` (seconds) says otherwise. */
export function ecgOf(
  person: number,
  { rate, seconds, seed, interval = 0.8 }: { rate: number; seconds: number; seed: number; interval?: number },
) {
  const heart = heartOf(person);
  const random = new SeededRandom(seed);
  const uniform = () => random.bits() / 2 ** 32;
  const signal = new Float32Array(Math.round(rate * seconds));
  for (let beat = 0.3; beat < seconds; beat += interval + 0.05 * (uniform() - 0.5)) {
    for (const { height, centre, width } of heart) {
      const at = (beat + centre) * rate;
      const reach = 5 * width * rate;
      for (let i = Math.max(0, Math.ceil(at - reach)); i < Math.min(signal.length, at + reach); i++) {
        signal[i]! += height * Math.exp(-0.5 * ((i - at) / (width * rate)) ** 2);
      }
    }
  }
  return signal.map((value) => value + 0.01 * (uniform() - 0.5));
}

/** Writes `ecg-id/Person_NN/rec_K`; for each person the dates of its records, `DD.MM.YYYY`. */
export async function writeEcgId(dataDir: string, persons: readonly (readonly string[])[]): Promise<void> {
  for (const [index, dates] of persons.entries()) {
    for (const [k, date] of dates.entries()) {
      const samples = ecgOf(index + 1, { rate: 500, seconds: 12, seed: 100 * index + k });
      await writeEcgIdRecord(dataDir, { person: index + 1, record: k + 1, date, samples });
    }
  }
}

export interface EcgIdRecord {
  readonly person: number;
  readonly record: number;
  readonly date: string;
  /** mV at 500 Hz. */
  readonly samples: Float32Array;
}

export async function writeEcgIdRecord(dataDir: string, { person, record, date, samples }: EcgIdRecord): Promise<void> {
  await writeWfdbRecord(join(dataDir, 'ecg-id', `Person_${String(person).padStart(2, '0')}`), {
    name: `rec_${record}`,
    channels: [{ name: 'ECG I', units: 'mV', rate: 500, samples }],
    comments: ['Age: 30', `ECG date: ${date}`],
  });
}

/** Writes `heartprint/Session-S/NNN/…_ECG.txt`; for each person how many records there are in each session. */
export function writeHeartprint(dataDir: string, persons: readonly Readonly<Record<string, number>>[]): void {
  for (const [index, sessions] of persons.entries()) {
    const person = String(index + 1).padStart(3, '0');
    for (const [session, count] of Object.entries(sessions)) {
      for (let k = 0; k < count; k++) {
        const seed = 1000 * index + 10 * session.charCodeAt(session.length - 1) + k;
        const ecg = ecgOf(index + 1, { rate: 250, seconds: 3747 / 250, seed });
        const lines = [...Array.from(ecg, (value) => (10 * value).toFixed(3)), ...new Array<string>(3753).fill('0')];
        const path = join(dataDir, 'heartprint', `Session-${session}`, person, `20120509_045${k}_0${k}_ECG.txt`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, `${lines.join('\n')}\n`);
      }
    }
  }
}

/** Writes `ptbdb/patientNNN/sKKKKlre` of 24 s; for each patient the dates of the records, `DD/MM/YYYY`. */
export async function writePtb(dataDir: string, patients: Readonly<Record<number, readonly string[]>>): Promise<void> {
  for (const [patient, dates] of Object.entries(patients)) {
    for (const [k, date] of dates.entries()) {
      const name = `s${String(10 * Number(patient) + k).padStart(4, '0')}lre`;
      const samples = ecgOf(Number(patient), { rate: 1000, seconds: 24, seed: 10 * Number(patient) + k });
      await writeWfdbRecord(join(dataDir, 'ptbdb', `patient${patient.padStart(3, '0')}`), {
        name,
        channels: [{ name: 'i', units: 'mV', rate: 1000, samples }],
        comments: ['age: 60', `ECG date: ${date}`],
      });
    }
  }
}

/** Writes `nstdb/bw`, `em` and `ma`: two channels of a minute each, slower noise in the first half than in the second. */
export async function writeNoiseStress(dataDir: string): Promise<void> {
  for (const [index, name] of ['bw', 'em', 'ma'].entries()) {
    const channels = [1, 2].map((channel) => {
      const random = new SeededRandom(10 * index + channel);
      const samples = new Float32Array(360 * 60);
      let level = 0;
      for (let i = 0; i < samples.length; i++) {
        const share = i < samples.length / 2 ? 0.99 : 0.9;
        level = share * level + (1 - share) * (random.bits() / 2 ** 31 - 1);
        samples[i] = level;
      }
      return { name: `noise${channel}`, units: 'mV', rate: 360, samples };
    });
    await writeWfdbRecord(join(dataDir, 'nstdb'), { name, channels, comments: [] });
  }
}

/** What `writeKalouskova` makes of a record; `gaps` are `[second, seconds missing]`. */
export interface KalouskovaOptions {
  readonly seconds?: number;
  readonly rate?: number;
  readonly gaps?: readonly (readonly [number, number])[];
  /** The signal in mV; by default the ECG of the person, whose heart beats faster from activity to activity. */
  readonly signalOf?: (name: string, options: { readonly rate: number; readonly seconds: number }) => Float32Array;
}

function activeEcg(name: string, options: { readonly rate: number; readonly seconds: number }): Float32Array {
  const [person, electrode, activity] = name.split('_') as [string, string, string];
  const interval = 0.9 - 0.12 * ['klud', 'ruky', 'chodza', 'beh', 'drepy'].indexOf(activity);
  const seed = 100 * Number(person) + 10 * Number(electrode) + name.length;
  return ecgOf(Number(person), { ...options, seed, interval });
}

/** Writes `kalouskova/PP/PP_EE_activity.csv` for each name: `01_03_beh`. */
export function writeKalouskova(
  dataDir: string,
  names: readonly string[],
  { seconds = 30, rate = 497.3, gaps = [], signalOf = activeEcg }: KalouskovaOptions = {},
): void {
  const begin = Date.UTC(2024, 2, 26, 15, 0, 0);
  for (const name of names) {
    const lines = Array.from(signalOf(name, { rate, seconds }), (value, i) => {
      const missing = gaps.reduce((sum, [second, length]) => sum + (i / rate >= second ? length : 0), 0);
      const microseconds = Math.round((i / rate + missing) * 1e6);
      const stamp = new Date(begin + Math.floor(microseconds / 1000)).toISOString();
      const fraction = String(microseconds % 1_000_000).padStart(6, '0');
      return `${stamp.slice(0, 10)} ${stamp.slice(11, 19)}.${fraction} ; ${2048 + Math.round(1000 * value)}`;
    });
    const path = join(dataDir, 'kalouskova', name.slice(0, 2), `${name}.csv`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
  }
}

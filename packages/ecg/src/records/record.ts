/** What every reader returns, whatever the file format: channels in physical units, annotations, gaps. */

/** One signal of a record. */
export interface Channel {
  /** As the file names it: `MLII`, `ECG I`, … */
  readonly name: string;
  /** Physical unit of `samples`: `mV` for an ECG whose gain is known, otherwise what the file says. */
  readonly units: string;
  /** Samples per second; differs between channels only in EDF. */
  readonly rate: number;
  /** Physical values. A sample that the file marks invalid is NaN. */
  readonly samples: Float32Array;
}

/** A stretch in which nothing was recorded, between two neighbouring samples. */
export interface Gap {
  /** Index of the first sample after the gap. */
  readonly beforeSample: number;
  /** Length of the missing stretch. */
  readonly seconds: number;
}

export type RecordFormat = 'wfdb' | 'edf' | 'csv' | 'heartprint' | 'kalouskova';

/** A recording as read from disk. */
export interface EcgRecord {
  /** Record name, usually the file name without its extension. */
  readonly name: string;
  readonly format: RecordFormat;
  readonly channels: readonly Channel[];
  readonly gaps: readonly Gap[];
  /** When the first sample was taken, where the file tells. */
  readonly start?: Date;
  /** Free comments of the file (the `#` lines of a WFDB header, for one), without their marker. */
  readonly comments: readonly string[];
  /** What the published layout or the comments tell about the recording: person, session, activity, electrode, … */
  readonly labels: Readonly<Record<string, string>>;
}

/** One annotation of a WFDB annotation file. */
export interface Annotation {
  /** Sample index in the record, 0-based. */
  readonly sample: number;
  /** WFDB mnemonic: `N`, `V`, `+`, `!`, `[`, `]`, `~`, … */
  readonly symbol: string;
  readonly subtype: number;
  readonly channel: number;
  readonly number: number;
  /** Auxiliary text, without trailing NUL bytes. */
  readonly aux: string;
}

/** What every reader returns, whatever the file format: channels in physical units, annotations, gaps. */

/** One signal of a record. */
export interface Channel {
  /** As the file names it: `MLII`, `ECG I`, … */
  readonly name: string;
  /** Physical unit of `samples`: `mV` for every voltage that may be an ECG, otherwise what the file says. */
  readonly units: string;
  /** Samples per second; differs between channels only in EDF and in WFDB records with several samples per frame. */
  readonly rate: number;
  /** Physical values. A sample that the file marks invalid is NaN. */
  readonly samples: Float32Array;
  /**
   * Present only where the file and its publisher state no gain: the file's units per millivolt that the reader assumed,
   * so that values come out in the range of an ECG. The shape of such a signal is sound, its millivolts are not measured.
   */
  readonly assumedGain?: number;
}

/** A stretch in which nothing was recorded, between two neighbouring samples. */
export interface Gap {
  /** Index of the first sample after the gap, counted in samples of the first channel. */
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
  /** When the first sample was taken, where the file tells. A wall-clock time without a zone is taken as UTC. */
  readonly start?: Date;
  /** Free comments of the file (the `#` lines of a WFDB header, for one), without their marker. */
  readonly comments: readonly string[];
  /** What the published layout or the comments tell about the recording: person, session, activity, electrode, … */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations that stand in the recording's own file (EDF+, Heartprint). WFDB keeps them in files of their own. */
  readonly annotations?: readonly Annotation[];
  /** Judgements of artefact strength by stretch, where the publisher gives them (Kalouskova). */
  readonly artefactLevels?: readonly ArtefactLevel[];
}

/** One annotation, as a WFDB annotation file has it. */
export interface Annotation {
  /** Sample index in the record, 0-based; in the samples of the first channel where rates differ. */
  readonly sample: number;
  /** WFDB mnemonic: `N`, `V`, `+`, `!`, `[`, `]`, `~`, … */
  readonly symbol: string;
  readonly subtype: number;
  readonly channel: number;
  readonly number: number;
  /** Auxiliary text, without trailing NUL bytes. */
  readonly aux: string;
  /** EDF+ only: seconds from the start of the recording, exactly as the file states them. */
  readonly onset?: number;
  /** EDF+ only: length in seconds, where the file states one. */
  readonly duration?: number;
}

/** How strongly motion and noise disturb a stretch, as judged by the publisher. */
export interface ArtefactLevel {
  /** First sample of the stretch. */
  readonly start: number;
  /** One past the last sample. */
  readonly end: number;
  /** 1 (little or none) to 4 (worst). */
  readonly level: number;
}

/** Makes a protocol in which some records of every person enrol and others probe: only the split differs. */
import type { DataSet, DataSetRecord } from '../datasets/data-set.js';
import { wholeRecord } from '../datasets/record-part.js';
import { type Figure, type GalleryReport, REPORT_SCHEMA } from '../report/evaluation-report.js';
import { compareGalleryAndProbes } from './gallery-probe.js';
import { probeRow, similarityThresholds } from './probe-figures.js';
import type { GalleryProtocol } from './protocol.js';
import { unseenProbes } from './training-overlap.js';

/** A part of the probes that gets a row of its own. */
export interface Part {
  /** `same day`, `session 3L`, … */
  readonly condition: string;
  /** Suffix of its figures in the report: `Within` makes `eerWithin`. */
  readonly suffix: string;
  readonly belongs: (record: DataSetRecord) => boolean;
}

export interface Split {
  readonly gallery: readonly DataSetRecord[];
  readonly probes: readonly DataSetRecord[];
  /** Parts beside the row of all probes. */
  readonly parts: readonly Part[];
}

export interface GalleryProbeDefinition {
  readonly name: string;
  readonly description: string;
  readonly load: (dataDir: string) => Promise<DataSet>;
  readonly split: (dataSet: DataSet) => Split;
}

export function galleryProbeProtocol({ name, description, load, split }: GalleryProbeDefinition): GalleryProtocol {
  return {
    name,
    description,
    windows: 'identity',
    takesNoise: false,
    async trainingParts(dataDir) {
      return split(await load(dataDir)).gallery.map((record) => ({ record, part: wholeRecord }));
    },
    async run(model, dataDir, options = {}): Promise<GalleryReport> {
      const { seed = 1, resamples = 1000 } = options;
      const dataSet = await load(dataDir);
      const { gallery, probes: all, parts } = split(dataSet);
      const { probes, training, leftOut } = unseenProbes(model.metadata.training, dataSet.name, gallery, all);
      const comparisons = await compareGalleryAndProbes(model, gallery, probes, options);
      const whole: Part = { condition: 'all', suffix: '', belongs: () => true };
      const rows = [];
      const metrics: Record<string, Figure> = {};
      for (const { condition, suffix, belongs } of [whole, ...parts]) {
        options.onProgress?.({ step: 'intervals', done: rows.length, total: parts.length + 1 });
        const row = probeRow(comparisons, condition, belongs, { seed, resamples });
        if (row === undefined) continue;
        rows.push(row);
        for (const [figure, value] of Object.entries(row.metrics)) metrics[figure + suffix] = value;
      }
      return {
        schema: REPORT_SCHEMA,
        model: model.name,
        modelSha256: model.sha256,
        protocol: name,
        subjects: comparisons.gallery.subjects,
        windows: rows[0]!.windows,
        metrics,
        rows,
        gallery: comparisons.gallery,
        thresholds: similarityThresholds(comparisons, name),
        data: { name: dataSet.name, complete: dataSet.complete },
        training,
        ...(leftOut !== undefined && { leftOut }),
        leaky: false,
        seed,
        resamples,
      };
    },
  };
}

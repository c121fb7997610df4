/** `edgebeat.*` entries of ONNX metadata to ModelMetadata and back. */
import { GraphError } from '../graph-error.js';
import type { ActivationRange } from '../quantization/activation-range.js';
import { suggest } from '../suggest.js';
import { decimal, fields, json, list, number, object, type Reader, record, text, whole, word } from './fields.js';
import type { Metric, ModelMetadata, ModelWindow, Training, VerificationThreshold } from './model-metadata.js';

const PREFIX = 'edgebeat.';

/** Rates beyond this are no ECG. */
const HIGHEST_RATE = 100_000;

const identityWindow = fields<Extract<ModelWindow, { kind: 'identity' }>>({
  kind: word('identity'),
  beats: whole(1),
  before: whole(0),
  after: whole(1),
});

const activityWindow = fields<Extract<ModelWindow, { kind: 'activity' }>>({
  kind: word('activity'),
  samples: whole(1),
});

const window: Reader<ModelWindow> = (value, where) => {
  const kind = word('identity', 'activity')(object(value, where).kind, `${where}.kind`);
  return kind === 'identity' ? identityWindow(value, where) : activityWindow(value, where);
};

const metric = fields<Metric>({
  name: text,
  protocol: text,
  value: number(),
  low: number(),
  high: number(),
  subjects: whole(1),
});

const threshold = fields<VerificationThreshold>({
  metric: word('cosine', 'euclidean'),
  value: number(),
  fmr: number(0, 1),
  data: text,
  windows: whole(1),
});

const activationRange: Reader<ActivationRange> = (value, where) => {
  const range = fields<ActivationRange>({ least: number(), most: number() })(value, where);
  if (range.least <= range.most) return range;
  throw new GraphError(where, `is ${range.least} … ${range.most}`, 'the least comes first');
};

/** In the order in which they are written. */
const readers: { readonly [K in keyof Required<ModelMetadata>]: Reader<NonNullable<ModelMetadata[K]>> } = {
  name: text,
  version: text,
  rate: decimal(1, HIGHEST_RATE),
  window: json(window),
  normalize: word('min-max', 'z-score', 'none'),
  classes: json(record(list(text))),
  training: json(fields<Training>({ data: list(text), records: list(text) })),
  metrics: json(list(metric)),
  thresholds: json(list(threshold)),
  ranges: json(record(activationRange)),
};

const keys = Object.keys(readers) as (keyof ModelMetadata)[];

/**
 * Reads the `edgebeat.*` entries of a model's metadata; entries of others are passed over.
 *
 * @throws GraphError for an `edgebeat.*` key that is not known, or a malformed value
 */
export function readMetadata(metadata: ReadonlyMap<string, string>): ModelMetadata {
  const result: Record<string, unknown> = {};
  for (const [key, value] of metadata) {
    if (!key.startsWith(PREFIX)) continue;
    const name = keys.find((known) => PREFIX + known === key);
    if (!name) {
      throw new GraphError(
        `metadata ${key}`,
        'is not known',
        suggest(
          key,
          keys.map((known) => PREFIX + known),
        ),
      );
    }
    result[name] = readers[name](value, `metadata ${key}`);
  }
  return result as ModelMetadata;
}

/**
 * Writes metadata as the `edgebeat.*` entries of an ONNX file, always in the same order.
 *
 * @throws GraphError for a value that `readMetadata` would not take
 */
export function writeMetadata(metadata: ModelMetadata): Map<string, string> {
  const result = new Map<string, string>();
  for (const key of keys) {
    const value = metadata[key];
    if (value === undefined) continue;
    const written = typeof value === 'object' ? JSON.stringify(value) : String(value);
    // Read back, so that nothing malformed is written, and fields stand in the order of their definition.
    const checked = readers[key](written, `metadata ${PREFIX}${key}`);
    result.set(PREFIX + key, typeof checked === 'object' ? JSON.stringify(checked) : written);
  }
  return result;
}

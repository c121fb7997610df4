/** A TensorFlow.js graph model as it comes: `model.json`, and the binary shards of weights that it names. */
import * as v from 'valibot';
import { RuntimeError } from '../runtime-error.js';

export interface TfjsModel {
  /** The bytes of `model.json`. */
  readonly modelJson: Uint8Array;
  /** The bytes of the other files, by the names that `model.json` has for them. */
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

/** 64-bit integers are text in JSON of protobuf. */
const size = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.nonEmpty(), v.toNumber())]),
  v.safeInteger(),
  v.minValue(-1),
);

const tensorInfo = v.object({
  /** Node, and number of its output. */
  name: v.string(),
  dtype: v.string(),
  tensorShape: v.object({ dim: v.optional(v.array(v.object({ size }))) }),
});

/** What this package reads of `model.json`; the topology is TensorFlow.js's matter. */
const tfjsJson = v.object({
  format: v.literal('graph-model'),
  modelTopology: v.looseObject({ node: v.pipe(v.array(v.unknown()), v.minLength(1)) }),
  signature: v.object({ inputs: v.record(v.string(), tensorInfo), outputs: v.record(v.string(), tensorInfo) }),
  userDefinedMetadata: v.optional(v.record(v.string(), v.string()), {}),
  weightsManifest: v.array(v.object({ paths: v.array(v.string()), weights: v.array(v.unknown()) })),
});

/** A `model.json`, checked. */
export type TfjsJson = v.InferOutput<typeof tfjsJson>;

const remedy = 'Export it again: edgebeat export MODEL.onnx --to tfjs.';

/**
 * Reads a model file by file.
 *
 * @param read gives a file of the model's folder by its name: `model.json` first, then those that it names
 * @throws RuntimeError where `model.json` is none, or names files outside of its folder; what `read` throws
 */
export async function readTfjsModel(read: (file: string) => Promise<Uint8Array>): Promise<TfjsModel> {
  const modelJson = await read('model.json');
  const paths = parseJson(modelJson).weightsManifest.flatMap((group) => group.paths);
  const stray = paths.find((path) => !/^[\w-][\w.-]*$/.test(path));
  if (stray !== undefined) {
    throw new RuntimeError(
      `model.json names the file ${JSON.stringify(stray)}`,
      'Its weights stand in the same folder.',
    );
  }
  const shards = await Promise.all(paths.map(async (path) => [path, await read(path)] as const));
  return { modelJson, shards: new Map(shards) };
}

/**
 * Reads a model from a web server.
 *
 * @param folder URL of the folder that holds `model.json`
 * @throws RuntimeError where a file is not there, or is not what it should be
 */
export function fetchTfjsModel(folder: string): Promise<TfjsModel> {
  return readTfjsModel(async (file) => {
    const response = await fetch(`${folder.replace(/\/$/, '')}/${file}`);
    if (!response.ok) {
      throw new RuntimeError(
        `${response.url} answers ${response.status}`,
        'Check the URL of the folder of model.json.',
      );
    }
    return new Uint8Array(await response.arrayBuffer());
  });
}

/**
 * Reads `model.json`, and checks that every file is there that it names.
 *
 * @throws RuntimeError for another file, or a shard that is missing
 */
export function parseTfjsModel({ modelJson, shards }: TfjsModel): TfjsJson {
  const json = parseJson(modelJson);
  const missing = json.weightsManifest.flatMap(({ paths }) => paths).find((path) => !shards.has(path));
  if (missing === undefined) return json;
  throw new RuntimeError(`the file ${missing} of the TensorFlow.js model is missing`, remedy);
}

/** All bytes, one after the other. */
export function joinBytes(files: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(files.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const file of files) {
    joined.set(file, at);
    at += file.length;
  }
  return joined;
}

function parseJson(bytes: Uint8Array): TfjsJson {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new RuntimeError('model.json is no JSON', remedy, { cause });
  }
  const parsed = v.safeParse(tfjsJson, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new RuntimeError(
    `model.json is none of a TensorFlow.js graph model: ${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`,
    remedy,
  );
}

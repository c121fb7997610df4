/** What this package reads of the `model.json` of a TensorFlow.js graph model, checked; the topology is TensorFlow.js's matter. */

export interface TfjsTensorInfo {
  /** Node, and number of its output. */
  readonly name: string;
  readonly dtype: string;
  /** Sizes; −1 for any. */
  readonly shape: readonly number[];
}

export interface TfjsJson {
  readonly format: 'graph-model';
  readonly modelTopology: object;
  /** As TensorFlow.js wants it. */
  readonly signature: object;
  readonly inputs: ReadonlyMap<string, TfjsTensorInfo>;
  readonly outputs: ReadonlyMap<string, TfjsTensorInfo>;
  readonly userDefinedMetadata: ReadonlyMap<string, string>;
  readonly weightsManifest: readonly { readonly paths: readonly string[]; readonly weights: readonly unknown[] }[];
}

/** A part of `model.json` that is not as it has to be. */
export class TfjsJsonError extends Error {}

/** @throws TfjsJsonError naming the first part that is not as it has to be. */
export function checkTfjsJson(value: unknown): TfjsJson {
  const json = objectAt(value, 'the whole file');
  if (json.format !== 'graph-model') fail('format', '"graph-model"');
  const modelTopology = objectAt(json.modelTopology, 'modelTopology');
  if (listAt(modelTopology.node, 'modelTopology.node').length === 0) fail('modelTopology.node', 'a list of nodes');
  const signature = objectAt(json.signature, 'signature');
  return {
    format: 'graph-model',
    modelTopology,
    signature,
    inputs: tensorInfos(signature.inputs, 'signature.inputs'),
    outputs: tensorInfos(signature.outputs, 'signature.outputs'),
    userDefinedMetadata: entriesOf(json.userDefinedMetadata ?? {}, 'userDefinedMetadata', textAt),
    weightsManifest: listAt(json.weightsManifest, 'weightsManifest').map((entry, index) => {
      const where = `weightsManifest.${index}`;
      const { paths, weights } = objectAt(entry, where);
      return {
        paths: listAt(paths, `${where}.paths`).map((path, at) => textAt(path, `${where}.paths.${at}`)),
        weights: listAt(weights, `${where}.weights`),
      };
    }),
  };
}

function tensorInfos(value: unknown, where: string): ReadonlyMap<string, TfjsTensorInfo> {
  return entriesOf(value, where, (entry, at) => {
    const { name, dtype, tensorShape } = objectAt(entry, at);
    const { dim = [] } = objectAt(tensorShape, `${at}.tensorShape`);
    const shape = listAt(dim, `${at}.tensorShape.dim`).map((one, index) =>
      sizeAt(objectAt(one, `${at}.tensorShape.dim.${index}`).size, `${at}.tensorShape.dim.${index}.size`),
    );
    return { name: textAt(name, `${at}.name`), dtype: textAt(dtype, `${at}.dtype`), shape };
  });
}

/** 64-bit integers are text in JSON of protobuf. */
function sizeAt(value: unknown, where: string): number {
  const size = typeof value === 'string' && value !== '' ? Number(value) : value;
  return Number.isSafeInteger(size) && (size as number) >= -1 ? (size as number) : fail(where, 'a size, or -1');
}

function entriesOf<T>(value: unknown, where: string, read: (entry: unknown, where: string) => T) {
  return new Map(Object.entries(objectAt(value, where)).map(([key, entry]) => [key, read(entry, `${where}.${key}`)]));
}

function objectAt(value: unknown, where: string): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : fail(where, 'an object');
}

function listAt(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(where, 'a list');
}

function textAt(value: unknown, where: string): string {
  return typeof value === 'string' ? value : fail(where, 'text');
}

function fail(where: string, wanted: string): never {
  throw new TfjsJsonError(`${where}: must be ${wanted}`);
}

/**
 * The header of a safetensors file (Hugging Face): JSON that names every tensor, its type, shape and place in the
 * bytes that follow, and under `__metadata__` texts by name.
 */
import { arrayOf, type DataType, elementCount } from '@edgebeat/graph';
import { CheckpointError } from './checkpoint-error.js';

/** A tensor without its data. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: readonly number[];
  /** Bytes, from the end of the header on; `end` is not included. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data, which touch each other. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = '__metadata__';

/** Names of the element types in the file. */
const typeNames: Readonly<Record<DataType, string>> = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint64: 'U64',
  uint32: 'U32',
  uint16: 'U16',
  uint8: 'U8',
  bool: 'BOOL',
};
const typesByName = new Map(Object.entries(typeNames).map(([dtype, name]) => [name, dtype as DataType]));

/** @returns UTF-8, padded with spaces to a multiple of 8 bytes, so that the data behind it are aligned. */
export function encodeHeader({ entries, metadata }: SafetensorsHeader): Uint8Array {
  const tensors = entries.map(({ name, dtype, shape, begin, end }) => [
    name,
    { dtype: typeNames[dtype], shape, data_offsets: [begin, end] },
  ]);
  const text = JSON.stringify(Object.fromEntries([[METADATA, metadata], ...tensors]));
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8).fill(0x20);
  padded.set(bytes);
  return padded;
}

/**
 * @param path of the file, for messages.
 * @throws CheckpointError for what is no header, or one whose tensors do not lie side by side from the beginning on.
 */
export function decodeHeader(bytes: Uint8Array, path: string): SafetensorsHeader {
  const { [METADATA]: metadata = {}, ...tensors } = parseObject(bytes, path);
  if (!isRecord(metadata) || !Object.values(metadata).every((text) => typeof text === 'string'))
    throw damaged(path, `${METADATA} holds something other than texts`);
  const entries = Object.entries(tensors).map(([name, value]) => decodeEntry(name, value, path));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end)
      throw damaged(path, `tensor "${entry.name}" begins at byte ${entry.begin}, where ${end} was expected`);
    end = entry.end;
  }
  return { entries, metadata: metadata as Record<string, string> };
}

function parseObject(bytes: Uint8Array, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged(path, 'its header is not JSON');
  }
  if (!isRecord(value)) throw damaged(path, 'its header is no JSON object');
  return value;
}

function decodeEntry(name: string, value: unknown, path: string): TensorEntry {
  const { dtype: typeName, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  const dtype = typeof typeName === 'string' ? typesByName.get(typeName) : undefined;
  if (dtype === undefined) throw damaged(path, `tensor "${name}" is of unknown type ${JSON.stringify(typeName)}`);
  if (!isSizes(shape)) throw damaged(path, `tensor "${name}" has no shape but ${JSON.stringify(shape)}`);
  const [begin, end] = isSizes(offsets) && offsets.length === 2 ? offsets : [];
  const wanted = elementCount(shape) * arrayOf(dtype).BYTES_PER_ELEMENT;
  if (begin === undefined || end === undefined || end - begin !== wanted)
    throw damaged(path, `tensor "${name}" needs ${wanted} bytes and has those of ${JSON.stringify(offsets)}`);
  return { name, dtype, shape, begin, end };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function damaged(path: string, problem: string): CheckpointError {
  return new CheckpointError(path, problem, 'The file is damaged, or none of this format: take another.');
}

/** Whether a tensor can have this name. */
export function isTensorName(name: string): boolean {
  return name !== METADATA;
}

/** Writes tensors into a safetensors file, the container of checkpoints. */
import { elementCount, type Tensor } from '@edgebeat/graph';
import { CheckpointError } from './checkpoint-error.js';
import { encodeHeader, isTensorName, type TensorEntry } from './safetensors-header.js';
import { writeAtomically } from './write-atomically.js';

/** What a file holds. */
export interface TensorFile {
  /** Of any types, in any order; no two of the same name. */
  readonly tensors: readonly Tensor[];
  /** Texts by name, such as JSON. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The layout is the published one: eight bytes little-endian with the length of the header, the header, the data, row-major
 * and little-endian. The file is there as a whole or not at all; one of the same name is replaced. The same content gives the
 * same bytes.
 *
 * @param file its tensors must not change before the promise settles.
 * @throws CheckpointError for tensors that cannot stand in one file, or where the file system does not take it.
 */
export async function writeTensorFile(path: string, { tensors, metadata }: TensorFile): Promise<void> {
  requireTensors(path, tensors);
  const sorted = [...tensors].sort(inFileOrder);
  const entries: TensorEntry[] = [];
  let end = 0;
  for (const { name, dtype, shape, data } of sorted) {
    entries.push({ name, dtype, shape, begin: end, end: end + data.byteLength });
    end += data.byteLength;
  }
  const header = encodeHeader({ entries, metadata });
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  // Typed arrays are little-endian on every platform this runs on.
  const data = sorted.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  try {
    await writeAtomically(path, [length, header, ...data]);
  } catch (error) {
    throw new CheckpointError(
      path,
      `cannot be written: ${(error as Error).message}`,
      'Check that its folder exists, is writable and not full; what stood there before is still there.',
    );
  }
}

/** The largest elements first, so that every tensor is aligned to its own; then by name. */
function inFileOrder(a: Tensor, b: Tensor): number {
  return b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || (a.name < b.name ? -1 : 1);
}

function requireTensors(path: string, tensors: readonly Tensor[]): void {
  const names = new Set<string>();
  for (const { name, shape, data } of tensors) {
    if (!isTensorName(name) || names.has(name))
      throw new CheckpointError(path, `cannot hold a tensor "${name}"`, 'Give every tensor a name of its own.');
    if (data.length !== elementCount(shape))
      throw new CheckpointError(
        path,
        `tensor "${name}" of shape [${shape.join(', ')}] has ${data.length} elements`,
        'Give as many elements as the shape has.',
      );
    names.add(name);
  }
}

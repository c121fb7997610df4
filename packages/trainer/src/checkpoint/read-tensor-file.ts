/** Reads a safetensors file. */
import { type FileHandle, open } from 'node:fs/promises';
import { arrayOf, type Tensor } from '@edgebeat/graph';
import { CheckpointError } from './checkpoint-error.js';
import { decodeHeader } from './safetensors-header.js';
import type { TensorFile } from './write-tensor-file.js';

/** A longer header is taken for a foreign file, as other readers do. */
const longestHeader = 100_000_000;

/**
 * @returns the tensors in the order of the file, each with memory of its own, and the texts.
 * @throws CheckpointError where there is no such file (`isMissing`), or it cannot be read, is cut short, damaged, or of another
 * format.
 */
export async function readTensorFile(path: string): Promise<TensorFile> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const headerLength = await readHeaderLength(file, size, path);
    const { entries, metadata } = decodeHeader(await readBytes(file, 8, headerLength, path), path);
    const dataLength = entries.at(-1)?.end ?? 0;
    const found = size - 8 - headerLength;
    if (found < dataLength) throw cutShort(path, `${found} of ${dataLength} bytes of tensors are there`);
    if (found > dataLength) throw foreign(path, `${found - dataLength} bytes stand behind its tensors`);
    const tensors: Tensor[] = [];
    for (const { name, dtype, shape, begin, end } of entries) {
      const bytes = await readBytes(file, 8 + headerLength + begin, end - begin, path);
      tensors.push({ name, dtype, shape, data: new (arrayOf(dtype))(bytes.buffer) } as Tensor);
    }
    return { tensors, metadata };
  } catch (error) {
    throw error instanceof CheckpointError ? error : unreadable(path, error);
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, error);
    throw new CheckpointError(path, 'there is no such file', 'Check the path.', true);
  }
}

async function readHeaderLength(file: FileHandle, size: number, path: string): Promise<number> {
  if (size < 8) throw cutShort(path, `it has ${size} bytes`);
  const start = await readBytes(file, 0, Math.min(size, 9), path);
  const length = Number(new DataView(start.buffer).getBigUint64(0, true));
  // The header begins with a brace: otherwise the length is none.
  if (length > longestHeader || start[8] !== 0x7b) throw foreign(path, 'it begins otherwise');
  if (8 + length > size) throw cutShort(path, `${size - 8} of ${length} bytes of its header are there`);
  return length;
}

async function readBytes(
  file: FileHandle,
  position: number,
  length: number,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw cutShort(path, `it ends at byte ${position + done}`);
    done += bytesRead;
  }
  return bytes;
}

function cutShort(path: string, problem: string): CheckpointError {
  return new CheckpointError(path, `is cut short: ${problem}`, 'Take another copy, or an earlier checkpoint.');
}

function foreign(path: string, problem: string): CheckpointError {
  return new CheckpointError(path, `is no safetensors file: ${problem}`, 'Give a file that a training has written.');
}

function unreadable(path: string, error: unknown): CheckpointError {
  return new CheckpointError(
    path,
    `cannot be read: ${(error as Error).message}`,
    'Give a file, and check that you may read it.',
  );
}

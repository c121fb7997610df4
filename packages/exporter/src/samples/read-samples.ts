/**
 * Windows in a .npy file (NumPy's format, versions 1 to 3): how those who have no recordings that edgebeat reads give it what a
 * model is to be calibrated on.
 */
import { ExportError } from '../export-error.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The header is a Python dictionary of three entries, in any order, in NumPy's own way of writing it. */
const entries = {
  descr: /'descr':\s*'([^']*)'/,
  order: /'fortran_order':\s*(True|False)/,
  shape: /'shape':\s*\(([\d\s,]*)\)/,
};

/**
 * @param bytes of the file: little-endian float32, row by row, [M, …shape].
 * @param shape of one window, without the batch.
 * @param file name, for messages.
 * @returns M windows, each flat.
 * @throws ExportError for another file, another type or order of elements, another shape, numbers that are not finite, and no window.
 */
export function readSamples(bytes: Uint8Array, shape: readonly number[], file: string): Float32Array[] {
  const refuse = (problem: string): never => {
    throw new ExportError(
      `${file}: ${problem}`,
      `give windows of float32 as NumPy saves them, [M, ${shape.join(', ')}]: np.save(file, windows.astype("<f4"))`,
    );
  };
  if (bytes.length < 10 || MAGIC.some((byte, index) => bytes[index] !== byte)) refuse('is no .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version < 1 || version > 3) refuse(`is of version ${version} of the format`);
  const begin = version === 1 ? 10 : 12;
  if (bytes.length < begin) refuse('ends in its header');
  const end = begin + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) refuse('ends in its header');
  const header = new TextDecoder().decode(bytes.subarray(begin, end));
  const [type, order, sizes] = Object.values(entries).map((pattern) => pattern.exec(header)?.[1]);
  if (type === undefined || order === undefined || sizes === undefined) refuse('has a header that cannot be read');
  if (type !== '<f4') refuse(`holds elements of type ${type}, not float32 (<f4)`);
  if (order === 'True') refuse('is laid out column by column');
  const dimensions = sizes!
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const [count = 0, ...rest] = dimensions;
  if (rest.join() !== shape.join()) refuse(`is [${dimensions.join(', ')}]`);
  if (count === 0) refuse('holds no window');
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - end !== 4 * count * size) {
    refuse(`holds ${bytes.length - end} bytes of elements, its header promises ${4 * count * size}`);
  }
  return Array.from({ length: count }, (_, index) => {
    const window = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      window[i] = view.getFloat32(end + 4 * (index * size + i), true);
      if (!Number.isFinite(window[i])) refuse(`window ${index} holds a number that is not finite`);
    }
    return window;
  });
}

/** A small network and windows for it, in files, as a user of `edgebeat export` has them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeModel, GraphBuilder, tensor, writeMetadata } from '@edgebeat/graph';

const SAMPLES = 32;
const CLASSES = ['rest', 'walking', 'running'];

/** Numbers between −1 and 1 that look like chance. */
function waves(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));
}

/** A convolution, a mean and a classifier: [N, 1, 32] to `activity` [N, 3]. Its metadata tell nothing of training. */
export function writeSmallModel(folder: string, name = 'small'): string {
  const g = new GraphBuilder(name);
  const x = g.input('signal', 'float32', ['N', 1, SAMPLES]);
  const weight = (label: string, shape: readonly number[], seed: number) =>
    g.constant(
      tensor(
        label,
        'float32',
        shape,
        waves(
          shape.reduce((a, b) => a * b, 1),
          seed,
        ),
      ),
    );
  const inner = g.relu(g.conv(x, weight('conv.w', [4, 1, 5], 1), undefined, { pads: [2, 2], name: 'conv' }), {
    name: 'relu',
  });
  const pooled = g.flatten(g.globalAveragePool(inner));
  g.output('activity', g.gemm(pooled, weight('head.w', [4, 3], 2), undefined, { name: 'head' }));
  const metadata = writeMetadata({ name, classes: { activity: CLASSES } });
  const path = join(folder, `${name}.onnx`);
  writeFileSync(path, encodeModel({ ...g.build(), metadata }));
  return path;
}

/** Windows as NumPy saves them, float32 [M, …shape]. */
export function writeWindows(folder: string, count: number, shape: readonly number[] = [1, SAMPLES]): string {
  const size = shape.reduce((product, length) => product * length, 1);
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${[count, ...shape].join(', ')}), }`;
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const begin = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length & 0xff, padded.length >> 8]);
  const windows = Array.from({ length: count }, (_, index) => Buffer.from(waves(size, index + 3).buffer));
  const path = join(folder, `windows-${count}-${shape.join('-')}.npy`);
  writeFileSync(path, Buffer.concat([begin, Buffer.from(padded), ...windows]));
  return path;
}

/** Three beats to an embedding [N, 8], as if it were trained on these records. */
export function writeIdentityModel(folder: string, records: readonly string[]): string {
  const g = new GraphBuilder('embedder');
  const x = g.flatten(g.input('beats', 'float32', ['N', 3, 300]));
  // As slow as an ECG, which would leave next to nothing of fast ones.
  const slow = Float32Array.from({ length: 7200 }, (_, i) => Math.sin((Math.floor(i / 8) / 40) * (1 + (i % 8))));
  const w = g.constant(tensor('w', 'float32', [900, 8], slow));
  g.output('embedding', g.gemm(x, w, undefined, { name: 'fc' }));
  const metadata = writeMetadata({
    name: 'embedder',
    rate: 250,
    window: { kind: 'identity', beats: 3, before: 150, after: 150 },
    normalize: 'z-score',
    training: { data: ['ecg-id'], records },
  });
  const path = join(folder, 'embedder.onnx');
  writeFileSync(path, encodeModel({ ...g.build(), metadata }));
  return path;
}

/** Runs an exported TensorFlow.js model on its WebAssembly back end, from memory. */
import type { Answers, TfjsExport } from '@edgebeat/exporter';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Windows at a time, where the batch is open. */
const BATCH = 8;

/** @param onProgress called after each batch. */
export async function tfjsAnswers(
  exported: TfjsExport,
  windows: readonly Float32Array[],
  onProgress: (done: number) => void,
): Promise<Answers> {
  // Loaded when asked for: other commands do without.
  const tf = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-backend-wasm');
  tf.enableProdMode();
  await tf.setBackend('wasm');
  const model = await loadModel(exported);
  const { inputs, outputs } = exported.modelJson.signature;
  const [[name, { tensorShape }]] = Object.entries(inputs) as [[string, (typeof inputs)[string]]];
  const [open, ...shape] = tensorShape.dim.map(({ size }) => Number(size));
  const batch = open === -1 ? BATCH : open!;
  const wanted = Object.keys(outputs);
  const rows = new Map<string, Float32Array[]>(wanted.map((output) => [output, []]));
  for (let first = 0; first < windows.length; first += batch) {
    const part = windows.slice(first, first + batch);
    const samples = new Float32Array((open === -1 ? part.length : batch) * part[0]!.length);
    part.forEach((window, index) => {
      samples.set(window, index * window.length);
    });
    const count = samples.length / part[0]!.length;
    const fed = tf.tensor(samples, [count, ...shape]);
    const results = [model.execute({ [name]: fed }, wanted)].flat() as Tensor[];
    for (const [index, output] of wanted.entries()) {
      const elements = (await results[index]!.data()) as Float32Array;
      const length = elements.length / count;
      part.forEach((_, row) => {
        rows.get(output)!.push(elements.slice(row * length, (row + 1) * length));
      });
    }
    tf.dispose([fed, ...results]);
    onProgress(first + part.length);
  }
  return rows;
}

async function loadModel({ modelJson, shards }: TfjsExport) {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  const { modelTopology, weightsManifest, signature } = modelJson;
  const parts = weightsManifest.flatMap(({ paths }) => paths.map((path) => shards.get(path)!));
  const weightData = new Uint8Array(await new Blob(parts).arrayBuffer()).buffer;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  // TensorFlow.js changes what it is given.
  const artifacts = structuredClone({ modelTopology, signature, weightSpecs, weightData });
  return loadGraphModel({ load: async () => artifacts } as never);
}

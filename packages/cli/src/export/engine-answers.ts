/** What an exported model answers, on the engine that serves it. */
import type { Answers } from '@edgebeat/exporter';
import type { InferenceEngine, ModelBytes } from '@edgebeat/runtime';

/** Windows at a time, where the batch is open. */
const BATCH = 8;

/**
 * @param later may come later: the engine is loaded before them.
 * @param onProgress called after each batch.
 */
export async function engineAnswers(
  engine: Promise<InferenceEngine>,
  model: ModelBytes,
  later: Promise<readonly Float32Array[]>,
  onProgress: (done: number) => void,
): Promise<Answers> {
  const session = await (await engine).load(model);
  try {
    const { name, shape } = session.inputs[0]!;
    const [open, ...rest] = shape as readonly [number | string, ...number[]];
    const windows = await later;
    const batch = typeof open === 'number' ? open : BATCH;
    const rows = new Map<string, Float32Array[]>(session.outputs.map((output) => [output.name, []]));
    for (let first = 0; first < windows.length; first += batch) {
      const part = windows.slice(first, first + batch);
      const count = typeof open === 'number' ? batch : part.length;
      const data = new Float32Array(count * part[0]!.length);
      for (const [index, window] of part.entries()) data.set(window, index * window.length);
      const answers = await session.run({ [name]: { data, shape: [count, ...rest] } });
      for (const [output, { data: elements }] of Object.entries(answers)) {
        const length = elements.length / count;
        for (const row of part.keys())
          rows.get(output)!.push((elements as Float32Array).slice(row * length, (row + 1) * length));
      }
      onProgress(first + part.length);
    }
    return rows;
  } finally {
    await session.close();
  }
}

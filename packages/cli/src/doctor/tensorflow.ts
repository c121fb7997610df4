/** Does TensorFlow.js load and compute here, with its WebAssembly back end? */
import type { Check } from './check.js';

export async function checkTensorflow(): Promise<Check> {
  const check = {
    name: '@tensorflow/tfjs-core',
    group: 'run',
    required: false,
    purpose: 'inference with --backend tfjs, of exported TensorFlow.js models',
  } as const;
  try {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-wasm');
    await import('@tensorflow/tfjs-converter');
    tf.enableProdMode();
    if (!(await tf.setBackend('wasm'))) throw new Error('its WebAssembly back end does not start');
    const x = tf.tensor1d([1, 2, 3, 4]);
    const answer = Array.from(await tf.add(x, x).data()).join(' ');
    if (answer !== '2 4 6 8') throw new Error(`1 2 3 4 doubled is ${answer}`);
    return { ...check, status: 'ok', detail: `${tf.version_core} computes in WebAssembly` };
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return {
      ...check,
      status: isAbsent ? 'missing' : 'broken',
      detail: isAbsent ? '' : firstLine,
      remedy: 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-converter @tensorflow/tfjs-backend-wasm',
    };
  }
}

/** The engine `tfjs`: TensorFlow.js in WebAssembly or plain JavaScript, in browsers and in node. It runs exported graph models. */

import { loadPeer } from '../load-peer.js';
import { RuntimeError } from '../runtime-error.js';
import type { InferenceEngine } from './inference-engine.js';
import type { TfConverter, TfCore, TfWasm } from './tfjs-api.js';
import { loadTfjsSession } from './tfjs-session.js';

const VERSION = '4.22.0';

export interface TfjsEngineOptions {
  /** What computes: WebAssembly (the default), or plain JavaScript, which is some ten times slower and runs anywhere. */
  readonly backend?: 'wasm' | 'cpu';
  /**
   * Where a browser finds `tfjs-backend-wasm.wasm` and `tfjs-backend-wasm-simd.wasm`: a URL prefix. Beside the bundle unless
   * given; node finds them by itself.
   */
  readonly wasmPaths?: string;
}

/**
 * Loads TensorFlow.js with one of its back ends, on one thread (so that a page needs no cross-origin isolation). Its settings,
 * the back end in use among them, are global, and hold for all uses of TensorFlow.js in the process or page.
 *
 * @throws RuntimeError where a package is not installed, or the back end does not start
 */
export async function createTfjs({ backend = 'wasm', wasmPaths }: TfjsEngineOptions = {}): Promise<InferenceEngine> {
  const tf = await loadPeer<TfCore>('@tensorflow/tfjs-core', VERSION, () => import('@tensorflow/tfjs-core'));
  tf.enableProdMode();
  if (backend === 'wasm') {
    const wasm = await loadPeer<TfWasm>(
      '@tensorflow/tfjs-backend-wasm',
      VERSION,
      () => import('@tensorflow/tfjs-backend-wasm'),
    );
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (wasmPaths !== undefined) wasm.setWasmPaths(wasmPaths);
  } else {
    await loadPeer('@tensorflow/tfjs-backend-cpu', VERSION, () => import('@tensorflow/tfjs-backend-cpu'));
  }
  const converter = await loadPeer<TfConverter>(
    '@tensorflow/tfjs-converter',
    VERSION,
    () => import('@tensorflow/tfjs-converter'),
  );
  await startBackend(tf, backend);
  return {
    name: 'tfjs',
    load: async (model, { threads = 1 } = {}) => {
      if (threads !== 1) throw new RuntimeError(`tfjs runs on one thread, not on ${threads}`, 'Leave threads out.');
      return loadTfjsSession(tf, converter, backend, model);
    },
  };
}

async function startBackend(tf: TfCore, backend: 'wasm' | 'cpu'): Promise<void> {
  let problem: unknown;
  const started = await tf.setBackend(backend).catch((error: unknown) => {
    problem = error;
    return false;
  });
  if (started) {
    // Somebody who chose another while this one started has got a mixture of the two.
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
    return;
  }
  throw new RuntimeError(
    `the back end ${backend} of TensorFlow.js does not start`,
    'In a browser, say with wasmPaths where its .wasm files are.',
    { cause: problem },
  );
}

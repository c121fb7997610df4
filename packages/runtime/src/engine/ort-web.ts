/** The engine `ort-web`: onnxruntime in WebAssembly, for browsers, and for node without a native library. */

import { loadPeer } from '../load-peer.js';
import { RuntimeError } from '../runtime-error.js';
import type { InferenceEngine } from './inference-engine.js';
import type { OrtModule } from './ort-api.js';
import { loadOrtSession } from './ort-session.js';

export interface OrtWebOptions {
  /**
   * Where a browser finds `ort-wasm-simd-threaded.mjs` and `.wasm`: a URL prefix. Beside the bundle unless given; node
   * finds them by itself.
   */
  readonly wasmPaths?: string;
}

/**
 * Loads onnxruntime-web with its WebAssembly back end, one thread (so that a page needs no cross-origin isolation). Both
 * settings hold for all uses of onnxruntime-web in the process or page: its settings are global.
 *
 * @throws RuntimeError where the package is not installed
 */
export async function createOrtWeb({ wasmPaths }: OrtWebOptions = {}): Promise<InferenceEngine> {
  const ort = await loadPeer<OrtModule>('onnxruntime-web', '1.30.0', () => import('onnxruntime-web/wasm'));
  ort.env.wasm.numThreads = 1;
  if (wasmPaths !== undefined) ort.env.wasm.wasmPaths = wasmPaths;
  return {
    name: 'ort-web',
    load: async (model, { threads = 1 } = {}) => {
      if (threads !== 1) throw new RuntimeError(`ort-web runs on one thread, not on ${threads}`, 'Leave threads out.');
      return loadOrtSession(ort, model, {
        executionProviders: ['wasm'],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
      });
    },
  };
}

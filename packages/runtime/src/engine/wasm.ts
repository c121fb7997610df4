/**
 * The engine `wasm`: networks that were compiled to WebAssembly (`edgebeat export --to wasm`), in browsers and in node, with nothing
 * installed. It computes in int8, and gives the answers of the integer interpreter to the bit.
 */
import { RuntimeError } from '../runtime-error.js';
import type { InferenceEngine } from './inference-engine.js';
import { loadWasmSession } from './wasm-session.js';

export async function createWasm(): Promise<InferenceEngine> {
  return {
    name: 'wasm',
    load: async (model, { threads = 1 } = {}) => {
      if (threads !== 1) throw new RuntimeError(`wasm runs on one thread, not on ${threads}`, 'Leave threads out.');
      return loadWasmSession(model);
    },
  };
}

/** The engine `ort-node`: onnxruntime's native library for node. Fastest, and some 300 MB on disk. */

import { loadPeer } from '../load-peer.js';
import type { InferenceEngine } from './inference-engine.js';
import type { OrtModule } from './ort-api.js';
import { loadOrtSession } from './ort-session.js';

/**
 * Loads onnxruntime-node. Runs take one thread unless told otherwise, and waiting threads sleep instead of spinning: in a
 * gateway they would fight the streams.
 *
 * @throws RuntimeError where the package is not installed
 */
export async function createOrtNode(): Promise<InferenceEngine> {
  const ort = await loadPeer<OrtModule>('onnxruntime-node', '1.30.0', () => import('onnxruntime-node'));
  return {
    name: 'ort-node',
    load: (model, { threads = 1 } = {}) =>
      loadOrtSession(ort, model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
        // onnxruntime's session keys, as nested objects: session.intra_op.allow_spinning = 0.
        extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
      }),
  };
}

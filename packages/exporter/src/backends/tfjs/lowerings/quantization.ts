/** QuantizeLinear, DequantizeLinear: refused, there are no 8-bit tensors in TensorFlow.js. */
import type { OperatorName } from '@edgebeat/graph';
import { type Lowering, moves } from '../lowering-call.js';

function refused<K extends OperatorName>(): Lowering<K> {
  return moves((call) =>
    call.refuse(
      'belongs to an int8 model, and TensorFlow.js has no 8-bit tensors',
      'Export the float32 model to TensorFlow.js; int8 models run in onnxruntime and TFLite.',
    ),
  );
}

export const quantizeLinear = refused<'QuantizeLinear'>();
export const dequantizeLinear = refused<'DequantizeLinear'>();

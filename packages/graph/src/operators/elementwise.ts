/** Shape rules that many operators share: the same shape out as in, and broadcasting. */
import type { DataType } from '../data-type.js';
import type { TensorType } from '../model.js';
import { broadcast } from './dimensions.js';
import type { OperatorCall } from './operator.js';

/** One input, one output of the same type and shape. */
export function sameAsInput(allowed: readonly DataType[]): (call: OperatorCall) => TensorType[] {
  return (call) => [{ dtype: call.dtypeAmong(0, allowed), shape: call.shape(0) }];
}

/** Two inputs of one element type that broadcast to the shape of the output. */
export function broadcastOf(allowed: readonly DataType[]): (call: OperatorCall) => TensorType[] {
  return (call) => [{ dtype: call.commonDtype([0, 1], allowed), shape: broadcast(call, call.shape(0), call.shape(1)) }];
}

/** One or more inputs of one element type that broadcast to the shape of the output. */
export function broadcastOfAll(allowed: readonly DataType[]): (call: OperatorCall) => TensorType[] {
  return (call) => {
    const indices = Array.from({ length: call.inputCount }, (_, index) => index);
    const dtype = call.commonDtype(indices, allowed);
    const shapes = indices.map((index) => call.shape(index));
    return [{ dtype, shape: shapes.reduce((a, b) => broadcast(call, a, b)) }];
  };
}

/** Two inputs of one element type, broadcast and compared element by element: bool. */
export function comparisonOf(allowed: readonly DataType[]): (call: OperatorCall) => TensorType[] {
  return (call) => {
    call.commonDtype([0, 1], allowed);
    return [{ dtype: 'bool', shape: broadcast(call, call.shape(0), call.shape(1)) }];
  };
}

/** Shape rules that many operators share: the same shape out as in, and broadcasting of two. */
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

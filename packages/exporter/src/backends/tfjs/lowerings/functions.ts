/** Functions of one element that TensorFlow.js has under a name of its own. */
import type { OperatorName } from '@edgebeat/graph';
import { computes, type Lowering } from '../lowering-call.js';
import { mapElements } from './elementwise.js';

function named<K extends OperatorName>(op: string): Lowering<K> {
  return computes((call) => mapElements(call, (x) => call.emit(op, [x])));
}

export const neg = named<'Neg'>('Neg');
export const relu = named<'Relu'>('Relu');
export const sigmoid = named<'Sigmoid'>('Sigmoid');
export const sqrt = named<'Sqrt'>('Sqrt');
export const tanh = named<'Tanh'>('Tanh');

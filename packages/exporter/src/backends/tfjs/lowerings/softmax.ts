/** Softmax. TensorFlow.js has it along the last dimension; others are brought there and back. */
import { computes } from '../lowering-call.js';

export const softmax = computes<'Softmax'>((call) => {
  const rank = call.shape(0).length;
  const axis = call.axis(call.attributes.axis);
  if (axis === rank - 1) {
    call.output(call.emit('Softmax', [call.input(0)]));
    return;
  }
  // Swapping two dimensions is its own inverse.
  const swap = Array.from({ length: rank }, (_, at) => (at === axis ? rank - 1 : at === rank - 1 ? axis : at));
  call.output(call.transpose(call.emit('Softmax', [call.transpose(call.input(0), swap)]), swap));
});

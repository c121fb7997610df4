/** Cast, among the element types of TensorFlow.js. */
import { describeNode } from '@edgebeat/graph';
import { moves } from '../lowering-call.js';
import { typeAttr } from '../node-def.js';
import { tfType } from '../value-table.js';

export const cast = moves<'Cast'>((call) => {
  const where = describeNode(call.node);
  const from = tfType(call.type(0).dtype, where);
  const to = tfType(call.attributes.to, where);
  if (from === to) {
    call.output(call.input(0));
  } else if (to === 'bool') {
    // TensorFlow.js would cut fractions off first, and take 0.5 for false.
    const zero = from === 'int32' ? call.writer.integers([0], []) : call.writer.scalar(0);
    call.output(call.emit('NotEqual', [call.input(0), zero]));
  } else {
    call.output(call.emit('Cast', [call.input(0)], { SrcT: typeAttr(from), DstT: typeAttr(to) }));
  }
});

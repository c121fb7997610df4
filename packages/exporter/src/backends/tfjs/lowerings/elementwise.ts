/** What elementwise operators share: they work on images as they work on any other layout. */
import type { OperatorName } from '@edgebeat/graph';
import type { LoweringCall } from '../lowering-call.js';

/** Lowers a function of each element; an input that is an image gives one. */
export function mapElements<K extends OperatorName>(call: LoweringCall<K>, make: (x: string) => string): void {
  if (call.isImageOnly(0)) call.outputImage(make(call.image(0)));
  else call.output(make(call.input(0)));
}

/** Lowers a function of two elements; where an input is an image, the other is made one, if it can be. */
export function combineElements<K extends OperatorName>(
  call: LoweringCall<K>,
  make: (a: string, b: string) => string,
): void {
  const rank = call.outputShape().length;
  const isImageLike = (index: number) =>
    call.scalar(index) !== undefined || call.constant(index) !== undefined || call.shape(index).length === rank;
  if ((call.isImageOnly(0) || call.isImageOnly(1)) && isImageLike(0) && isImageLike(1)) {
    // One element is one element in any layout.
    const side = (index: number) => (call.scalar(index) === undefined ? call.image(index, rank) : call.input(index));
    call.outputImage(make(side(0), side(1)));
  } else {
    call.output(make(call.input(0), call.input(1)));
  }
}

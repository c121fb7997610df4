/** What QuantizeLinear and DequantizeLinear share: the shapes that scale and zero point may have. */
import type { AttributesOf } from './attributes.js';
import { defaulted } from './attributes.js';
import type { OperatorCall } from './operator.js';

export const quantizationAttributes = {
  /** Dimension along which scales differ; of no meaning for a scalar scale. */
  axis: defaulted('int', 1),
  /** 0: one scale per tensor or per entry of the axis; more: one per block of this many entries. */
  block_size: defaulted('int', 0),
} as const;

/** Checks scale (input 1) against the data (input 0), and zero point (input 2) against the scale. */
export function checkQuantizationParameters(call: OperatorCall<AttributesOf<typeof quantizationAttributes>>): void {
  const data = call.shape(0);
  const scale = call.shape(1);
  const { axis, block_size } = call.attributes;
  if (block_size !== 0) {
    const at = call.axis(axis, data.length);
    const blocks = Math.ceil(call.size(data[at]!, `axis ${at}`) / block_size);
    call.expectShape(1, data.with(at, blocks));
  } else if (scale.length > 0 && !(scale.length === 1 && scale[0] === 1 && data.length === 0)) {
    call.expectShape(1, [data[call.axis(axis, data.length)]!]);
  }
  call.expectShape(2, scale);
}

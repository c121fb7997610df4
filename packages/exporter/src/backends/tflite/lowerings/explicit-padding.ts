/** PAD before a window, where neither SAME nor VALID is what ONNX says. */
import type { LoweringContext } from '../graph/lowering-context.js';
import { paddedBehind, type Window } from './window.js';

/**
 * @param input index of an int8 tensor [N, H, W, C]
 * @param code of what is put there; the zero point where not given
 * @returns index of the padded tensor
 */
export function padExplicitly({ builder }: LoweringContext, input: number, window: Window, code?: number): number {
  const [height, width] = window;
  const pads = [0, 0, height.before, paddedBehind(height), width.before, paddedBehind(width), 0, 0];
  const shape = builder.shapeOf(input).map((size, d) => size + pads[2 * d]! + pads[2 * d + 1]!);
  const quantization = builder.quantizationOf(input)!;
  const output = builder.tensor({ shape, type: 'int8', quantization });
  const amounts = builder.constant({ shape: [4, 2], type: 'int32', data: Int32Array.from(pads) });
  if (code === undefined) builder.operator('PAD', [input, amounts], output);
  else {
    const filling = builder.constant({ shape: [1], type: 'int8', quantization, data: Int8Array.of(code) });
    builder.operator('PADV2', [input, amounts, filling], output);
  }
  return output;
}

/** The tables Tensor and QuantizationParameters. */
import type { Offset } from 'flatbuffers';
import type { TensorQuantization, TfliteTensor } from '../graph/tflite-graph.js';
import { DATA_TYPES } from './data-type.js';
import type { SharedWriter } from './shared-writer.js';
import type { Fields } from './table.js';

export const TENSOR = {
  shape: { slot: 0, kind: 'offset' },
  type: { slot: 1, kind: 'byte' },
  buffer: { slot: 2, kind: 'int32' },
  name: { slot: 3, kind: 'offset' },
  quantization: { slot: 4, kind: 'offset' },
} as const satisfies Fields;

export const QUANTIZATION = {
  scale: { slot: 2, kind: 'offset' },
  zeroPoint: { slot: 3, kind: 'offset' },
  axis: { slot: 6, kind: 'int32' },
} as const satisfies Fields;

/** @param buffer index of the buffer with its data; 0 where it has none */
export function writeTensor(writer: SharedWriter, tensor: TfliteTensor, buffer: number): Offset {
  const { name, shape, type, quantization } = tensor;
  return writer.table('Tensor', TENSOR, {
    shape: writer.int32s(shape),
    type: DATA_TYPES[type],
    buffer,
    name: name === undefined ? undefined : writer.string(name),
    quantization: quantization && writeQuantization(writer, quantization),
  });
}

function writeQuantization(writer: SharedWriter, { scales, zeroPoint, axis }: TensorQuantization): Offset {
  return writer.table('QuantizationParameters', QUANTIZATION, {
    scale: writer.float32s(scales),
    zeroPoint: writer.int64s(Array.from(scales, () => zeroPoint)),
    axis,
  });
}

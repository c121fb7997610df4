/** What networks answer, as bytes: of each window all outputs, in the order of the graph. */
import type { IntegerGraph, IntegerInterpreter } from '@edgebeat/exporter';

/** Bytes of each output. */
export function outputSizes({ outputs, tensors }: IntegerGraph): number[] {
  return outputs.map(({ tensor }) => {
    const { shape, dtype } = tensors.get(tensor)!;
    return shape.reduce((product, size) => product * size, dtype === 'float32' ? 4 : 1);
  });
}

/** Bytes that a graph answers to one window. */
export function answerSize(graph: IntegerGraph): number {
  return outputSizes(graph).reduce((sum, size) => sum + size, 0);
}

export function splitAnswers(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
}

/** The norm. */
export function interpretedAnswer(graph: IntegerGraph, interpreter: IntegerInterpreter, codes: Int8Array): Uint8Array {
  const results = interpreter.run({ [graph.inputs[0]!]: codes });
  return Buffer.concat(
    graph.outputs.map(({ name }) => {
      const { buffer, byteOffset, byteLength } = results[name]!;
      return Buffer.from(buffer, byteOffset, byteLength);
    }),
  );
}

/** Windows whose answers are not the same bytes. */
export function differing(norm: readonly Uint8Array[], other: readonly Uint8Array[]): number {
  return norm.filter((bytes, i) => Buffer.compare(bytes, other[i] ?? new Uint8Array()) !== 0).length;
}

/** How well an exported model answers as the float model does, on the same windows. */
import type { Model, ModelMetadata } from '@edgebeat/graph';

/** Every output's elements by its name: one row for each window. */
export type Answers = ReadonlyMap<string, readonly Float32Array[]>;

export interface OutputAgreement {
  readonly output: string;
  /** Share of windows with the same largest element; null for an output that decides nothing. */
  readonly decisions: number | null;
  /** Cosine of the angle between both answers, the mean over windows. */
  readonly cosine: number;
  /** Largest absolute difference of an element. */
  readonly largestDifference: number;
}

export interface Agreement {
  readonly windows: number;
  /** Share of windows in which all outputs that decide have the same largest element; without any, the least mean cosine. */
  readonly agreement: number;
  readonly outputs: readonly OutputAgreement[];
}

/** The outputs whose largest element is an answer: those with classes in the metadata, and `logits`. */
export function decidingOutputs({ graph }: Model, { classes = {} }: ModelMetadata): string[] {
  return graph.outputs.map(({ name }) => name).filter((name) => name === 'logits' || name in classes);
}

/**
 * @param truth of the float model; its outputs are compared.
 * @param answers of the other one, on the same windows in the same order.
 * @param deciding see `decidingOutputs`.
 */
export function agreementOf(truth: Answers, answers: Answers, deciding: readonly string[]): Agreement {
  const windows = Math.min(...[...truth.values()].map(({ length }) => length));
  const same = new Array<boolean>(windows).fill(true);
  const outputs = [...truth].map(([output, rows]): OutputAgreement => {
    const others = answers.get(output)!;
    const decides = deciding.includes(output);
    let [agreeing, cosine, largestDifference] = [0, 0, 0];
    for (let i = 0; i < windows; i++) {
      const [a, b] = [rows[i]!, others[i]!];
      const isSame = indexOfLargest(a) === indexOfLargest(b);
      if (isSame) agreeing++;
      else if (decides) same[i] = false;
      cosine += cosineOf(a, b) / windows;
      a.forEach((value, index) => {
        largestDifference = Math.max(largestDifference, Math.abs(value - b[index]!));
      });
    }
    return { output, decisions: decides ? agreeing / windows : null, cosine, largestDifference };
  });
  const agreement =
    deciding.length > 0 ? same.filter(Boolean).length / windows : Math.min(...outputs.map(({ cosine }) => cosine));
  return { windows, agreement, outputs };
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}

/** 1 for two zeros. */
function cosineOf(a: Float32Array, b: Float32Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  a.forEach((value, index) => {
    const other = b[index]!;
    product += value * other;
    squaresA += value * value;
    squaresB += other * other;
  });
  const length = Math.sqrt(squaresA * squaresB);
  return length === 0 ? (squaresA === squaresB ? 1 : 0) : product / length;
}

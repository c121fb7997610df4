/** One training step, measured: from the times to the figures of the report. */
import { countMacs, countParameters } from '@edgebeat/graph';
import { LABELS, type TrainingCase } from './cases.js';
import type { MatMulReference } from './mat-mul-reference.js';
import { type OperatorShares, operatorShares } from './operator-shares.js';
import { syntheticBatch } from './synthetic-batch.js';
import { type StepTimes, timeSteps } from './time-steps.js';

export interface Row {
  readonly model: string;
  readonly variant: string;
  readonly batch: number;
  /** Of the step's graph, before onnxruntime optimizes it. */
  readonly nodes: number;
  readonly parameters: number;
  /** Of one window through the network. */
  readonly macs: number;
  /** Of one step: see `gflopOf`. */
  readonly gflop: number;
  /** Median and fastest. */
  readonly stepMs: number;
  readonly stepMsMin: number;
  /** GFLOP/s at the median and at the fastest step. */
  readonly gflops: number;
  readonly gflopsMax: number;
  /** Median GFLOP/s of the matrix product, measured in between. */
  readonly matMulGflops: number;
  /** The step's GFLOP/s over those of the matrix product. */
  readonly ratioToMatMul: number;
  readonly sessionMs: number;
  readonly shares: OperatorShares;
}

/**
 * Floating-point operations of a training step, in 10⁹, by the usual convention: 2 for each multiply-accumulate forward, and
 * twice as many backward, for the gradients by inputs and by weights; nothing for all the rest.
 *
 * @param macs of one window, forward.
 */
export function gflopOf(macs: number, batch: number): number {
  return ((2 + 4) * macs * batch) / 1e9;
}

export async function measureRow(
  { model: name, variant, batch, build }: TrainingCase,
  reference: MatMulReference,
  options: { readonly steps: number; readonly threads: number },
): Promise<Row> {
  const { model, step } = build();
  const examples = syntheticBatch(step, LABELS);
  const times = await timeSteps(step, examples, reference, options);
  const macs = countMacs(model);
  return {
    model: name,
    variant,
    batch,
    nodes: step.model.graph.nodes.length,
    parameters: countParameters(model),
    macs,
    ...figuresOf(times, gflopOf(macs, batch)),
    shares: await operatorShares(step, examples, options.threads),
  };
}

/** The figures that follow from times. @param gflop of one step. */
export function figuresOf({ buildMs, stepMs, matMulGflops }: StepTimes, gflop: number) {
  const median = medianOf(stepMs);
  const fastest = Math.min(...stepMs);
  const reference = medianOf(matMulGflops);
  const gflops = gflop / (median / 1000);
  return {
    gflop,
    stepMs: median,
    stepMsMin: fastest,
    gflops,
    gflopsMax: gflop / (fastest / 1000),
    matMulGflops: reference,
    ratioToMatMul: gflops / reference,
    sessionMs: buildMs,
  };
}

function medianOf(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = ordered.length >> 1;
  return ordered.length % 2 === 1 ? ordered[middle]! : (ordered[middle - 1]! + ordered[middle]!) / 2;
}

/** How long a training step takes, next to what the machine can do in the same moments. */
import { setTimeout } from 'node:timers/promises';
import { type Batch, StepSession, type TrainingStep } from '@edgebeat/trainer';
import type { MatMulReference } from './mat-mul-reference.js';

export interface StepTimes {
  /** From the graph to a session that can run. */
  readonly buildMs: number;
  /** Of each step after the warm-up, state fed and fetched. */
  readonly stepMs: readonly number[];
  /** GFLOP/s of the reference, measured before each of these steps. */
  readonly matMulGflops: readonly number[];
}

const WARM_UP = 3;
const LEARNING_RATE = 1e-4;
/** Threads of onnxruntime keep looking for work a while after a run and would take the next session's processor. */
const SETTLE_MS = 20;

export async function timeSteps(
  step: TrainingStep,
  batch: Batch,
  reference: MatMulReference,
  { steps, threads }: { readonly steps: number; readonly threads: number },
): Promise<StepTimes> {
  const started = performance.now();
  const session = await StepSession.create(step, { threads });
  const buildMs = performance.now() - started;
  const stepMs: number[] = [];
  const matMulGflops: number[] = [];
  for (let number = 1; number <= WARM_UP + steps; number++) {
    await setTimeout(SETTLE_MS);
    const gflops = await reference.measure();
    await setTimeout(SETTLE_MS);
    const begun = performance.now();
    await session.run(batch, LEARNING_RATE, number);
    if (number <= WARM_UP) continue;
    stepMs.push(performance.now() - begun);
    matMulGflops.push(gflops);
  }
  await session.release();
  return { buildMs, stepMs, matMulGflops };
}

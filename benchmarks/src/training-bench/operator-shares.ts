/** Which operators a training step spends its time in, by onnxruntime's own profile. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Batch, StepSession, type TrainingStep } from '@edgebeat/trainer';

/** Fractions of 1 of the time in operators, by name as onnxruntime runs them, largest first. */
export type OperatorShares = Readonly<Record<string, number>>;

/** An entry of the profile, times in µs. */
export interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

const PROFILED_STEPS = 4;
const LEARNING_RATE = 1e-4;

export async function operatorShares(step: TrainingStep, batch: Batch, threads: number): Promise<OperatorShares> {
  const folder = await mkdtemp(join(tmpdir(), 'edgebeat-bench-'));
  try {
    const session = await StepSession.create(step, { threads, profilePrefix: join(folder, 'step') });
    for (let number = 1; number <= PROFILED_STEPS; number++) await session.run(batch, LEARNING_RATE, number);
    session.endProfiling();
    await session.release();
    const [file] = await readdir(folder);
    return sharesOf(JSON.parse(await readFile(join(folder, file!), 'utf8')) as ProfileEvent[]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shares in the runs of a profile but for the first, which allocates what the others use. */
export function sharesOf(events: readonly ProfileEvent[]): OperatorShares {
  const [first] = events.filter(({ name }) => name === 'model_run').toSorted((a, b) => a.ts - b.ts);
  const begin = first ? first.ts + first.dur : 0;
  const micros = new Map<string, number>();
  for (const { cat, name, ts, dur, args } of events) {
    if (cat !== 'Node' || !name.endsWith('_kernel_time') || ts < begin || args?.op_name === undefined) continue;
    micros.set(args.op_name, (micros.get(args.op_name) ?? 0) + dur);
  }
  const total = [...micros.values()].reduce((sum, dur) => sum + dur, 0);
  const largestFirst = [...micros].toSorted(([, a], [, b]) => b - a);
  return Object.fromEntries(largestFirst.map(([operator, dur]) => [operator, dur / total]));
}

/** One network on every target against the integer interpreter, window by window, and what was said of its memory. */
import { availableParallelism } from 'node:os';
import { type CFootprint, cFigures, IntegerInterpreter } from '@edgebeat/exporter';
import { differing, interpretedAnswer } from './answers.js';
import { NetworkProgram } from './network-program.js';
import type { CompiledNetwork, NetworkTarget } from './network-targets.js';
import type { RecordedNetwork } from './recorded-network.js';

export interface TargetRow {
  readonly target: string;
  readonly model: string;
  readonly windows: number;
  /** Windows of which any output differs in any bit. */
  readonly mismatches: number;
}

/** Bytes, as predicted by the exporter and as found in the program or on its stack. */
export interface MemoryRow {
  readonly target: string;
  readonly model: string;
  /** Whether the compiler is the one by which the exporter's table was measured. */
  readonly isMeasuredCompiler: boolean;
  readonly arena: { readonly predicted: number; readonly linked: number };
  readonly weights: { readonly predicted: number; readonly linked: number };
  readonly code: { readonly predicted: number; readonly linked: number };
  readonly stack: { readonly predicted: number; readonly painted: number };
}

export interface NetworkRows {
  readonly targets: readonly TargetRow[];
  /** Of boards. */
  readonly memory: readonly MemoryRow[];
}

/** Windows of a batch: one file, one start of each program. */
const BATCH = 25;

/** Share of the code by which its prediction may be off; the least and the most that a stack's bound may be, as shares of it. */
const TOLERANCE = { code: 0.05, stackLeast: 1, stackMost: 1.25 };
const TOLERANCE_OF_OTHERS = { code: 0.15, stackLeast: 0.8, stackMost: 1.6 };

/** Whether a prediction is as good as the exporter says, or about so for a compiler that it does not know. */
export function isAsPredicted({ isMeasuredCompiler, arena, weights, code, stack }: MemoryRow): boolean {
  const tolerance = isMeasuredCompiler ? TOLERANCE : TOLERANCE_OF_OTHERS;
  return (
    arena.predicted === arena.linked &&
    weights.predicted === weights.linked &&
    Math.abs(code.predicted - code.linked) <= tolerance.code * code.linked &&
    stack.predicted >= tolerance.stackLeast * stack.painted &&
    stack.predicted <= tolerance.stackMost * stack.painted
  );
}

/**
 * @param onProgress is told how many windows are done, and how many answers of all targets differ so far
 * @throws what compiling and running throw
 */
export async function verifyNetwork(
  { name, int8, graph, windows }: RecordedNetwork,
  targets: readonly NetworkTarget[],
  onProgress: (done: number, mismatches: number) => void = () => {},
): Promise<NetworkRows> {
  const interpreter = new IntegerInterpreter(graph);
  const compiled = new Map<NetworkTarget, CompiledNetwork>();
  try {
    await inParallel(targets, async (target) => {
      compiled.set(target, await target.compile(graph, int8));
    });
    const mismatches = new Map<NetworkTarget, number>();
    const stacks = new Map<NetworkTarget, number>();
    for (let at = 0; at < windows.length; at += BATCH) {
      const batch = windows.slice(at, at + BATCH);
      const running = inParallel(targets, async (target) => [target, await compiled.get(target)!.run(batch)] as const);
      const norm = batch.map((codes) => interpretedAnswer(graph, interpreter, codes));
      for (const [target, { answers, stackBytes = 0 }] of await running) {
        mismatches.set(target, (mismatches.get(target) ?? 0) + differing(norm, answers));
        stacks.set(target, Math.max(stackBytes, stacks.get(target) ?? 0));
      }
      const differ = [...mismatches.values()].reduce((sum, count) => sum + count, 0);
      onProgress(at + batch.length, differ);
    }
    const figures = cFigures(graph);
    const memory: MemoryRow[] = [];
    for (const target of targets) {
      const program = compiled.get(target);
      if (!(target.board && program instanceof NetworkProgram)) continue;
      const linked = await program.linked();
      const footprint = footprintOf(figures.footprints, target);
      memory.push({
        ...{ target: target.name, model: name },
        isMeasuredCompiler: await program.isCompiledBy(footprint.version),
        arena: { predicted: figures.arenaBytes, linked: linked.arenaBytes },
        weights: { predicted: figures.weightBytes, linked: linked.weightBytes },
        code: { predicted: footprint.codeBytes, linked: linked.codeBytes },
        stack: { predicted: footprint.stackBytes, painted: stacks.get(target)! },
      });
    }
    const rows = targets.map((target) => ({
      ...{ target: target.name, model: name, windows: windows.length, mismatches: mismatches.get(target)! },
    }));
    return { targets: rows, memory };
  } finally {
    for (const program of compiled.values()) program.remove();
  }
}

function footprintOf(footprints: readonly CFootprint[], { board, compiler }: NetworkTarget): CFootprint {
  return footprints.find(
    (one) => one.target === board!.target && one.compiler === compiler && one.optimization === '-O2',
  )!;
}

/** As many at a time as the computer has cores. @returns results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

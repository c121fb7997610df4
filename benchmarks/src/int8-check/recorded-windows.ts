/** Windows of a protocol's test split, with what a model answered to each: seen while the protocol is evaluated. */
import { type EvaluateOptions, type EvaluationReport, evaluate, type OpenRunner } from '@edgebeat/trainer';

export interface Recording {
  readonly report: EvaluationReport;
  /** In the order in which the protocol asks, which is the same for every model of these windows. */
  readonly windows: readonly Float32Array[];
  /** By outputs, as many as windows. */
  readonly answers: Readonly<Record<string, readonly Float32Array[]>>;
}

/**
 * @param open what runs the model.
 * @param more outputs that the protocol does not ask for, to be recorded, too.
 */
export async function record(
  file: string,
  open: OpenRunner,
  more: readonly string[],
  options: Omit<EvaluateOptions, 'open'>,
): Promise<Recording> {
  const windows: Float32Array[] = [];
  const answers: Record<string, Float32Array[]> = {};
  const recording: OpenRunner = async (model, shape, opened) => {
    const runner = await open(model, shape, opened);
    return {
      async run(asked, outputs) {
        const recorded: readonly string[] = [...new Set([...outputs, ...more])];
        const rows = await runner.run(asked, recorded);
        windows.push(...asked.map((window) => window.slice()));
        for (const output of recorded) {
          answers[output] ??= [];
          answers[output].push(...rows[output]!);
        }
        return rows;
      },
      release: () => runner.release(),
    };
  };
  const report = await evaluate(file, { ...options, open: recording });
  return { report, windows, answers };
}

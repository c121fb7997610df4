/** A gateway that serves one simulated watch to its end. */
import { type Ended, edgebeat, startEdgebeat } from './edgebeat-process.js';

export interface ServedWatch {
  /** What `edgebeat simulate` reports. */
  // biome-ignore lint/suspicious/noExplicitAny: a report
  readonly watch: any;
  readonly gateway: Ended;
}

/**
 * @param address flags that name the broker. @param gateway words of `edgebeat run` besides them.
 * @param says what the gateway tells once it is ready.
 */
export async function serveWatch(
  address: readonly string[],
  gateway: readonly string[],
  says: string,
): Promise<ServedWatch> {
  const running = startEdgebeat(['run', ...address, ...gateway, '--json']);
  await running.says(says);
  const simulated = await edgebeat(['simulate', ...address, '--rate', '20', '--seconds', '30', '--json']);
  if (simulated.status !== 0) throw new Error(`edgebeat simulate: ${simulated.stderr}`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  running.kill('SIGINT');
  return { watch: simulated.report.devices[0], gateway: await running.ended };
}

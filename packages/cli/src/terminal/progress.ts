/** Progress of long work: a bar on standard error where that is a terminal, nothing otherwise. */
import cliProgress from 'cli-progress';
import type { Output } from '../output.js';

export interface Progress {
  /** @param done units of work finished so far; @param remark what is being worked on */
  update(done: number, remark?: string): void;
  /** Removes the bar. To be called in a `finally`. */
  stop(): void;
}

/** @param title what is being done; @param total units of work in all */
export function startProgress(output: Output, title: string, total: number): Progress {
  const stream = output.streams.stderr;
  if (output.json || stream.isTTY !== true) return { update() {}, stop() {} };
  const bar = new cliProgress.SingleBar({
    format: `${title} [{bar}] {value}/{total} · {eta_formatted} left {remark}`,
    stream,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '·',
    clearOnComplete: true,
    // Commands end on signals by themselves.
    gracefulExit: false,
  });
  bar.start(total, 0, { remark: '' });
  return {
    update(done, remark) {
      if (remark === undefined) bar.update(done);
      else bar.update(done, { remark: `· ${remark}` });
    },
    stop() {
      bar.stop();
    },
  };
}

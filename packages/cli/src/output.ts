/**
 * What a command says, and where: answers on standard output, errors on standard error. With `--json` the last line of
 * standard output is one JSON object with a schema name and version, and no other text goes there.
 */
import type { Writable } from 'node:stream';
import { describeError, type ExitStatus } from './errors.js';

/** The two output streams of a process. A terminal shows itself by `isTTY`. */
export interface Streams {
  stdout: Writable & { isTTY?: boolean };
  stderr: Writable & { isTTY?: boolean };
}

/** The result of a command, for machines: `edgebeat.COMMAND/VERSION` and its fields. */
export interface Report {
  schema: `edgebeat.${string}/${number}`;
}

export class Output {
  readonly json: boolean;
  readonly streams: Streams;

  constructor(streams: Streams, json: boolean) {
    this.streams = streams;
    this.json = json;
  }

  /** True where a live table or a progress bar can be drawn on standard error or output. */
  get isInteractive(): boolean {
    return !this.json && this.streams.stderr.isTTY === true && this.streams.stdout.isTTY === true;
  }

  /** Text for people, on standard output; left out with `--json`. */
  print(text: string): void {
    if (!this.json) this.streams.stdout.write(`${text}\n`);
  }

  /** A remark on what is going on, on standard error, with and without `--json`. */
  note(text: string): void {
    this.streams.stderr.write(`${text}\n`);
  }

  /** The result, to be called last: `report` as one line with `--json`, the text of `render` otherwise. */
  finish(report: Report, render: () => string): void {
    if (this.json) this.streams.stdout.write(`${JSON.stringify(report)}\n`);
    else this.print(render());
  }

  /** Prints an error and its hint, no stack trace unless EDGEBEAT_DEBUG is set, and returns the exit status. */
  fail(thrown: unknown): ExitStatus {
    const { error, hint, status } = describeError(thrown);
    const stack = (thrown as { stack?: unknown } | null | undefined)?.stack;
    if (process.env.EDGEBEAT_DEBUG && stack) this.note(String(stack));
    this.note(`error: ${error}\nhint: ${hint}`);
    if (this.json) this.streams.stdout.write(`${JSON.stringify({ schema: 'edgebeat.error/1', error, hint })}\n`);
    return status;
  }
}

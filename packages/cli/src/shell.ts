/** What every command is given by the command line, so that a command is one file that says what it does and nothing else. */
import type { Command } from 'commander';
import type { Logger } from 'pino';
import type { ExitStatus } from './errors.js';
import { Output, type Streams } from './output.js';
import { createLogger, isDetailed, type LogLevel } from './terminal/logger.js';
import { Warnings, warnMachines, warnPeople } from './terminal/warnings.js';

/** Registers one command: `commands/NAME.ts` exports one, `program.ts` lists it. */
export type RegisterCommand = (program: Command, shell: Shell) => void;

/** Options that every command takes. */
export interface GlobalOptions {
  json?: true;
  logLevel: LogLevel;
}

/** The surroundings of one run of a command. */
export interface CommandContext {
  output: Output;
  logger: Logger;
  /**
   * Tells of what went wrong without ending the command: to people one line on standard error, with `--json` or a log level
   * below `warn` a line of the log. The same again within ten seconds is counted, not told.
   */
  warn(error: Error, device?: string): void;
  /**
   * Aborted by the first Ctrl-C (or SIGTERM), so that a command can end in good order; a second one ends the process. A
   * command that never reads it is simply ended by the first.
   */
  readonly signal: AbortSignal;
}

/** Body of a command: gets its context, its options (the global ones too) and its operands in their order. */
export type CommandBody<Options extends object, Operands extends unknown[]> = (
  context: CommandContext,
  options: Options & GlobalOptions,
  ...operands: Operands
  // biome-ignore lint/suspicious/noConfusingVoidType: a body without a return statement means "done"
) => Promise<ExitStatus | void> | ExitStatus | void;

export class Shell {
  readonly streams: Streams;
  /** Exit status of the command that ran. */
  status: ExitStatus = 0;

  constructor(streams: Streams) {
    this.streams = streams;
  }

  /** Wraps a body for commander's `.action()`. The body returns the exit status, nothing being 0. */
  action<Options extends object, Operands extends unknown[] = []>(
    body: CommandBody<Options, Operands>,
  ): (...args: unknown[]) => Promise<void> {
    return async (...args) => {
      // Commander passes the operands, then the command's own options, then the command.
      const command = args.at(-1) as Command;
      const operands = args.slice(0, -2) as Operands;
      const options = command.optsWithGlobals<Options & GlobalOptions>();
      const interruption = new Interruption();
      const output = new Output(this.streams, options.json === true);
      const logger = createLogger(options.logLevel, this.streams.stderr);
      const isForMachines = output.json || isDetailed(options.logLevel);
      const warnings = new Warnings(isForMachines ? warnMachines(logger) : warnPeople(output));
      const context: CommandContext = {
        output,
        logger,
        warn: (error, device) => {
          if (logger.isLevelEnabled('warn')) warnings.warn(error, device);
        },
        get signal() {
          return interruption.signal;
        },
      };
      try {
        this.status = (await body(context, options, ...operands)) ?? 0;
      } finally {
        interruption.clear();
        warnings.end();
      }
    };
  }
}

/** Turns the first interrupt into an abort, once somebody listens for it. */
class Interruption {
  #controller: AbortController | undefined;
  readonly #abort = () => {
    this.clear();
    this.#controller?.abort();
  };

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      process.on('SIGINT', this.#abort);
      process.on('SIGTERM', this.#abort);
    }
    return this.#controller.signal;
  }

  /** From here on signals end the process again. */
  clear(): void {
    process.off('SIGINT', this.#abort);
    process.off('SIGTERM', this.#abort);
  }
}

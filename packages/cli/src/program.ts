/** The `edgebeat` command line: its commands, its global options, and how every failure ends. */
import { Command, CommanderError } from 'commander';
import { type ExitStatus, UsageError } from './errors.js';
import { choiceOption } from './option-values.js';
import { Output, type Streams } from './output.js';
import { type RegisterCommand, Shell } from './shell.js';
import { logLevels } from './terminal/logger.js';
import { edgebeatVersion } from './version.js';

/** In the order in which `--help` lists them. A new command is one file in commands/ and one line here. */
const commands: Readonly<Record<string, () => Promise<RegisterCommand>>> = {
  demo: async () => (await import('./commands/demo.js')).registerDemo,
  simulate: async () => (await import('./commands/simulate.js')).registerSimulate,
  run: async () => (await import('./commands/run.js')).registerRun,
  segment: async () => (await import('./commands/segment.js')).registerSegment,
  train: async () => (await import('./commands/train.js')).registerTrain,
  study: async () => (await import('./commands/study.js')).registerStudy,
  evaluate: async () => (await import('./commands/evaluate.js')).registerEvaluate,
  compare: async () => (await import('./commands/compare.js')).registerCompare,
  export: async () => (await import('./commands/export.js')).registerExport,
  inspect: async () => (await import('./commands/inspect.js')).registerInspect,
  firmware: async () => (await import('./commands/firmware.js')).registerFirmware,
  doctor: async () => (await import('./commands/doctor.js')).registerDoctor,
};

/** The one command that the words begin with, for what the others import takes half a second; all where they name none. */
async function registrationsFor([first = '']: readonly string[]): Promise<RegisterCommand[]> {
  const asked = Object.hasOwn(commands, first) ? [commands[first]!] : Object.values(commands);
  return Promise.all(asked.map((load) => load()));
}

/** The commander program with its commands, which write to the shell's streams. */
export function createProgram(shell: Shell, registrations: readonly RegisterCommand[]): Command {
  const program = new Command('edgebeat')
    .description(
      'Reads an ECG on a wearable: finds the beats, tells who wears it, on laptop, browser and microcontroller.',
    )
    .version(`edgebeat ${edgebeatVersion()}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show what a command does and takes')
    .option('--json', 'end with one line of JSON on standard output')
    .addOption(
      choiceOption(
        '--log-level <level>',
        'how much to log on standard error; warnings are text, or lines of JSON with --json or a level below warn',
        logLevels,
      ).default('warn'),
    )
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .configureOutput({
      writeOut: (text) => shell.streams.stdout.write(text),
      writeErr: (text) => shell.streams.stderr.write(text),
      // Errors come back as exceptions and are printed in one place, like those of the commands.
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText('after', '\nExit status: 0 done, 1 a gate or check failed or interrupted, 2 wrong use.');
  for (const register of registrations) register(program, shell);
  return program;
}

/**
 * Runs one command line.
 * @param args the words after `edgebeat`
 * @param registrations the commands that there are; all of this folder by default
 * @returns the exit status; never rejects
 */
export async function runCommandLine(
  args: string[],
  streams: Streams,
  registrations?: readonly RegisterCommand[],
): Promise<ExitStatus> {
  const shell = new Shell(streams);
  try {
    const program = createProgram(shell, registrations ?? (await registrationsFor(args)));
    await program.parseAsync(args, { from: 'user' });
    return shell.status;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const output = new Output(streams, wantsJson(args));
    // Without a command commander shows the help by itself, on standard error.
    const isWithoutCommand = thrown instanceof CommanderError && thrown.code === 'commander.help';
    return output.fail(isWithoutCommand ? new UsageError('no command given', 'choose one of the above') : thrown);
  }
}

/** Whether `--json` is among the words, for failures that come before the options are parsed. */
export function wantsJson(args: string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--json');
}

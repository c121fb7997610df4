/** Entry of the `edgebeat` command: importing it runs the words of the command line and ends the process. */
import type { ExitStatus } from './errors.js';
import { Output } from './output.js';
import { runCommandLine, wantsJson } from './program.js';

const args = process.argv.slice(2);

// A reader that went away (`edgebeat … | head -1`) wants no more answers, and no complaint.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const failOutside = (thrown: unknown) => end(new Output(process, wantsJson(args)).fail(thrown));
process.on('uncaughtException', failOutside);
process.on('unhandledRejection', failOutside);

end(await runCommandLine(args, process));

/** Ends the process as soon as everything is written, whatever connection or timer was left open. */
function end(status: ExitStatus): void {
  process.exitCode = status;
  process.stderr.write('', () => process.stdout.write('', () => process.exit(status)));
}

/** Entry of the `edgebeat` command: importing it runs the words of the command line and ends the process. */
import type { ExitStatus } from './errors.js';
import { Output } from './output.js';
import { runCommandLine, wantsJson } from './program.js';

const args = process.argv.slice(2);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that went away (`edgebeat … | head -1`) wants no more answers, and no complaint.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: cannot write to standard output (${error.message})\nhint: check where it is sent to\n`);
  process.exit(2);
});
// Without standard error there is nobody left to tell.
process.stderr.on('error', () => process.exit());

const failOutside = (thrown: unknown) => end(new Output(process, wantsJson(args)).fail(thrown));
process.on('uncaughtException', failOutside);
process.on('unhandledRejection', failOutside);

end(await runCommandLine(args, process));

/** Ends the process as soon as everything is written, whatever connection or timer was left open. */
function end(status: ExitStatus): void {
  process.exitCode = status;
  process.stderr.write('', () => {
    process.stdout.write('', (error) => {
      // On an error the listener above ends the process.
      if (!error) process.exit(status);
    });
  });
}

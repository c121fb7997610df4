/** `edgebeat doctor`: what is installed, what is missing, and the line that gets it. */
import type { Command } from 'commander';
import type { Check } from '../doctor/check.js';
import { operatingSystem } from '../doctor/debian.js';
import { checkOnnxruntimeNode, checkOnnxruntimeWeb } from '../doctor/engines.js';
import { checkNode, checkProcessor } from '../doctor/machine.js';
import { checkProgram, programs } from '../doctor/programs.js';
import { checkRecordings } from '../doctor/recordings.js';
import { renderChecks } from '../doctor/report.js';
import { checkTensorflow } from '../doctor/tensorflow.js';
import type { Shell } from '../shell.js';
import { edgebeatVersion } from '../version.js';

export function registerDoctor(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .summary('what is installed, what is missing, how to get it')
    .description(
      'Looks for everything edgebeat can use on this machine, starts it, and says how to get what is missing.\n' +
        'Exit status 1 where something required is missing or does not work.',
    )
    .action(
      shell.action(async ({ output }) => {
        const checks = await examine();
        const ok = checks.every((check) => check.status === 'ok' || !check.required);
        const version = edgebeatVersion();
        const system = `${operatingSystem()}, ${process.platform} ${process.arch}`;
        const report = { schema: 'edgebeat.doctor/1', ok, version, system, checks } as const;
        output.finish(report, () => renderChecks(`edgebeat ${version} on ${system}`, checks));
        return ok ? 0 : 1;
      }),
    );
}

async function examine(): Promise<Check[]> {
  const engines = async () => [await checkOnnxruntimeNode(), await checkOnnxruntimeWeb(), await checkTensorflow()];
  const found = await Promise.all([engines(), ...programs.map(async (program) => [await checkProgram(program)])]);
  return [checkNode(), checkProcessor(), ...found.flat(), ...checkRecordings()];
}

/** `edgebeat demo`: broker, simulated watches and gateway in one process, and a live table of what is published. */
import { type Activity, activities } from '@edgebeat/sim-device';
import { type Command, InvalidArgumentError } from 'commander';
import { createLogUpdate } from 'log-update';
import { buildReport, renderReport } from '../demo/demo-report.js';
import { Demonstration } from '../demo/demonstration.js';
import { renderLive } from '../demo/live-table.js';
import { type RecordedDataSet, recordedDataSets, recordedScenario } from '../demo/recorded-scenario.js';
import { syntheticScenario } from '../demo/synthetic-scenario.js';
import { type ActivityFlags, addActivityFlags, openActivity } from '../gateway/activity-flags.js';
import { addIdentityFlags, type IdentityFlags, openIdentity } from '../gateway/identity-flags.js';
import { choiceOption, positiveNumber } from '../option-values.js';
import type { Shell } from '../shell.js';

interface DemoOptions extends IdentityFlags, ActivityFlags {
  seconds: number;
  data?: string;
  recordings?: RecordedDataSet;
  seed: string;
  activity: Activity | 'mixed';
}

const leastSeconds = 30;
/** How often the live table is drawn anew, ms. */
const redrawMs = 250;

export function registerDemo(program: Command, shell: Shell): void {
  const command = program
    .command('demo')
    .summary('watches, broker and gateway in one process, live')
    .description(
      'Five watches stream their wearers over MQTT to the gateway. Three wearers enrol in the first 20 seconds, then two of\n' +
        'them swap watches, and the answers should follow; two strangers move about. Nothing needs to be installed; --data\n' +
        'replays real persons: three of ECG-ID, or three of Kalouskova in every activity.',
    )
    .option('--seconds <n>', `how long, ${leastSeconds} or more`, demoSeconds, 60)
    .option('--data <folder>', 'replay persons of ECG-ID or Kalouskova from this folder instead of synthetic hearts')
    .addOption(choiceOption('--recordings <name>', 'which of the two, where the folder holds both', recordedDataSets))
    .option('--seed <text>', 'seed of the synthetic hearts, and of the choice of persons', '1')
    .addOption(
      choiceOption(
        '--activity <name>',
        'what synthetic wearers do once enrolled; mixed: strangers move, the others rest',
        ['mixed', ...activities],
      ).default('mixed'),
    );
  addActivityFlags(addIdentityFlags(command)).action(
    shell.action<DemoOptions>(async ({ output, warn, signal }, options) => {
      const { seconds, seed, data, recordings } = options;
      const scenario =
        data === undefined
          ? syntheticScenario(seconds, seed, options.activity)
          : await recordedScenario(seconds, data, seed, recordings);
      const identity = await openIdentity(options);
      const activity = await openActivity(options);
      const draw = createLogUpdate(output.streams.stdout);
      const onWarning = (error: Error, device?: string) => {
        // A line between two drawings of the table would leave a piece of it behind.
        draw.clear();
        warn(error, device);
      };
      const demonstration = await Demonstration.start({ scenario, identity, activity, seed, onWarning });
      const live = () => draw(renderLive(demonstration.state));
      const timer = output.isInteractive ? setInterval(live, redrawMs) : undefined;
      if (!timer)
        output.note(`demo: ${scenario.title}, recognised by ${demonstration.models}, ${seconds} s, seed ${seed}`);
      try {
        await demonstration.play(signal);
      } finally {
        clearInterval(timer);
        draw.clear();
        await demonstration.stop();
        await identity.model.close();
        await activity?.model.close();
      }
      const report = buildReport(demonstration, seed);
      output.finish(report, () => renderReport(report));
    }),
  );
}

function demoSeconds(text: string): number {
  const seconds = positiveNumber(text);
  if (seconds < leastSeconds) throw new InvalidArgumentError(`It must be ${leastSeconds} or more: enrolment takes 20.`);
  return seconds;
}

/** `edgebeat run`: the gateway, between a broker's watches and their answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Gateway } from '@edgebeat/runtime';
import { requireClientId } from '@edgebeat/wire';
import type { Command } from 'commander';
import { addBrokerFlags, type BrokerFlags, readBrokerFlags } from '../broker/broker-flags.js';
import { type ActivityFlags, addActivityFlags, openActivity } from '../gateway/activity-flags.js';
import { addIdentityFlags, type IdentityFlags, openIdentity } from '../gateway/identity-flags.js';
import { untilStopped } from '../gateway/until-stopped.js';
import { untilAborted } from '../interruption.js';
import { positiveNumber } from '../option-values.js';
import type { Shell } from '../shell.js';
import { count, milliseconds } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';

interface RunOptions extends BrokerFlags, IdentityFlags, ActivityFlags {
  /** False with --no-activity. */
  activity: boolean;
  clientId: string;
  enroll?: number;
  seconds?: number;
}

/** How long the broker has to acknowledge the last results, ms. */
const partingMs = 1000;

export function registerRun(program: Command, shell: Shell): void {
  const command = program
    .command('run')
    .summary('the gateway: watches in, answers out')
    .description(
      "Connects to a broker, finds the beats in every device's stream, tells who wears it and what they do, and\n" +
        "publishes the answers on the device's topics. Enrol by a message on edgebeat/v1/DEVICE/cmd, or\n" +
        'with --enroll. Runs until Ctrl-C.',
    );
  addActivityFlags(addIdentityFlags(addBrokerFlags(command)))
    .option('--no-activity', 'say nothing of what wearers do')
    .option(
      '--client-id <id>',
      'MQTT client id: with the same one, the broker keeps frames while the gateway is away',
      'edgebeat-gateway',
    )
    .option(
      '--enroll <seconds>',
      "enrol whoever first wears an unknown device, under the device's name",
      positiveNumber,
    )
    .option('--seconds <n>', 'stop after this time', positiveNumber)
    .action(
      shell.action<RunOptions>(async ({ output, logger, warn, signal }, options) => {
        requireClientId(options.clientId);
        const broker = await readBrokerFlags(options);
        const identity = await untilAborted(openIdentity(options), signal);
        const activity = options.activity ? await untilAborted(openActivity(options), signal) : undefined;
        const starting = Gateway.start({
          broker,
          clientId: options.clientId,
          identity: { ...identity, enrolSeconds: options.enroll },
          activity,
          onResult: (device, result) => logger.debug({ device, ...result }),
          onWarning: (error) => warn(error),
        });
        const gateway = await untilAborted(starting, signal, (late) => late.stop());
        const models = [identity, activity].flatMap((served) => (served ? [served.model.reference.name] : []));
        output.note(`gateway: connected to ${options.broker}, ${models.join(' and ')} loaded`);
        try {
          await Promise.race([untilStopped(signal, options.seconds), gateway.failure]);
        } finally {
          await Promise.race([gateway.stop(), sleep(partingMs)]);
          await identity.model.close();
          await activity?.model.close();
        }
        const report = {
          schema: 'edgebeat.run/1',
          devices: gateway.reports,
          answerLatencyMs: gateway.answerLatency,
          /** Results that the broker had not acknowledged in the end: nobody may have got them. */
          unacknowledged: gateway.unacknowledged,
        } as const;
        output.finish(report, () => render(report));
      }),
    );
}

interface Report {
  devices: Gateway['reports'];
  answerLatencyMs: Gateway['answerLatency'];
  unacknowledged: number;
}

const counters = ['beats', 'delivered', 'lost', 'late', 'repeated', 'reordered', 'corrupt', 'restarts'] as const;

function render({ devices, answerLatencyMs, unacknowledged }: Report): string {
  const columns = [
    { title: 'device' },
    ...counters.map((title) => ({ title: title === 'delivered' ? 'frames' : title, align: 'right' }) as const),
  ];
  const rows = devices.map((device) => [device.device, ...counters.map((counter) => count(device[counter]))]);
  const { p50, p95, p99 } = answerLatencyMs;
  const latency = [p50, p95, p99].map(milliseconds).join(' / ');
  return [
    renderTable(columns, rows),
    '',
    `Answer latency p50 / p95 / p99, measured: ${latency}`,
    ...(unacknowledged === 0 ? [] : [`Not acknowledged by the broker: ${count(unacknowledged)} results`]),
  ].join('\n');
}

/** `edgebeat run`: the gateway, between a broker's watches and their answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Gateway } from '@edgebeat/runtime';
import type { Command } from 'commander';
import { addBrokerFlags, type BrokerFlags, readBrokerFlags } from '../broker/broker-flags.js';
import { addIdentityFlags, type IdentityFlags, openIdentity } from '../gateway/identity-flags.js';
import { positiveNumber } from '../option-values.js';
import type { Shell } from '../shell.js';
import { count, milliseconds } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';

interface RunOptions extends BrokerFlags, IdentityFlags {
  clientId: string;
  enroll?: number;
  seconds?: number;
}

export function registerRun(program: Command, shell: Shell): void {
  const command = program
    .command('run')
    .summary('the gateway: watches in, answers out')
    .description(
      "Connects to a broker, finds the beats in every device's stream, tells who wears it, and publishes the answers on\n" +
        "the device's topics. Enrol by a message on edgebeat/v1/DEVICE/cmd, or with --enroll. Runs until Ctrl-C.",
    );
  addIdentityFlags(addBrokerFlags(command))
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
      shell.action<RunOptions>(async ({ output, logger, signal }, options) => {
        const identity = await openIdentity(options);
        const gateway = await Gateway.start({
          broker: await readBrokerFlags(options),
          clientId: options.clientId,
          identity: { ...identity, enrolSeconds: options.enroll },
          onResult: (device, result) => logger.debug({ device, ...result }),
          onWarning: (error) => logger.warn(error.message),
        });
        output.note(`gateway: connected to ${options.broker}, model ${identity.model.reference.name}`);
        await untilStopped(signal, options.seconds);
        await gateway.stop();
        await identity.model.close();
        const report = {
          schema: 'edgebeat.run/1',
          devices: gateway.reports,
          answerLatencyMs: gateway.answerLatency,
        } as const;
        output.finish(report, () => render(report));
      }),
    );
}

/** Resolves on Ctrl-C, or after a time. */
async function untilStopped(signal: AbortSignal, seconds: number | undefined): Promise<void> {
  // A timer of Node.js holds 24 days at most; without an end a day is as good as any.
  do await sleep((seconds ?? 86_400) * 1000, undefined, { signal }).catch(() => {});
  while (seconds === undefined && !signal.aborted);
}

function render({
  devices,
  answerLatencyMs,
}: {
  devices: Gateway['reports'];
  answerLatencyMs: Gateway['answerLatency'];
}) {
  const columns = ['device', 'beats', 'frames', 'lost', 'repeated', 'reordered', 'corrupt'].map(
    (title, i) => ({ title, align: i === 0 ? 'left' : 'right' }) as const,
  );
  const rows = devices.map(({ device, beats, delivered, lost, repeated, reordered, corrupt }) => [
    device,
    ...[beats, delivered, lost, repeated, reordered, corrupt].map(count),
  ]);
  const { p50, p95, p99 } = answerLatencyMs;
  const latency = [p50, p95, p99].map(milliseconds).join(' / ');
  return `${renderTable(columns, rows)}\n\nAnswer latency p50 / p95 / p99, measured: ${latency}`;
}

/** `edgebeat simulate`: one or many watches that stream to a broker. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { listRecords } from '@edgebeat/ecg';
import {
  type Activity,
  activities,
  drawPerson,
  type EcgSource,
  openSource,
  SimulatedWatch,
  SyntheticSource,
  type WatchReport,
} from '@edgebeat/sim-device';
import type { Command } from 'commander';
import { addBrokerFlags, type BrokerFlags, readBrokerFlags } from '../broker/broker-flags.js';
import { UsageError } from '../errors.js';
import { untilAborted } from '../interruption.js';
import { channelName, choiceOption, playbackRate, positiveInteger, positiveNumber, timeUs } from '../option-values.js';
import type { Shell } from '../shell.js';
import { type FirmwareFlags, firmwareDevices, refuseFirmwareFlags } from '../simulate/firmware-flags.js';
import { renderFirmwareWatches } from '../simulate/firmware-report.js';
import { bytes, count, noFigure } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';

interface SimulateOptions extends BrokerFlags, FirmwareFlags {
  source: string;
  devices: number;
  prefix: string;
  rate: number | 'max';
  seconds?: number;
  activity: Activity;
  channel?: string | number;
  frameMs: number;
  startTime?: number;
}

/** Watches that only send their signal. */
const plain = 'plain';
const syntheticScheme = 'synth:';
/** More watches than this are told as a sum. */
const mostRows = 20;

export function registerSimulate(program: Command, shell: Shell): void {
  const command = program
    .command('simulate')
    .summary('watches that stream to a broker')
    .description(
      'Streams simulated watches to a broker, each with a connection of its own: synthetic hearts (--source synth:SEED, every\n' +
        'device another person) or recordings (--source RECORD, or a folder whose recordings the devices share out).\n' +
        'With --device qemu:cortex-m55 the watch is the firmware itself, on a board that QEMU emulates, and answers, too; the twin\n' +
        'is the same firmware in WebAssembly.',
    );
  addBrokerFlags(command)
    .option('--source <name>', 'synth:SEED, a recording, or a folder of recordings', 'synth:1')
    .option('--devices <n>', 'how many watches', positiveInteger, 1)
    .option('--prefix <text>', 'devices are called PREFIX-1, PREFIX-2, …', 'watch')
    .option(
      '--rate <factor>',
      '1 is real time, 10 ten times as fast, max as fast as the broker takes it',
      playbackRate,
      1,
    )
    .option(
      '--seconds <n>',
      'stop after this much signal; recordings begin again when they are shorter',
      positiveNumber,
    )
    .addOption(choiceOption('--activity <name>', 'what synthetic wearers do', activities).default('rest'))
    .option('--channel <name>', 'name or number (from 0) of the channel of recordings', channelName)
    .option('--frame-ms <n>', 'length of a frame', positiveNumber, 200)
    .option('--start-time <us>', 'time of the first sample, microseconds since 1970; now by default', timeUs)
    .addOption(choiceOption('--device <kind>', 'what the watches are', [plain, ...firmwareDevices]).default(plain))
    .option(
      '--model <file>',
      'of firmware: int8 ONNX file, or the name of a model that comes with edgebeat; deit-micro by default',
    )
    .option('--firmware <elf>', 'of a board: firmware that was built before')
    .addOption(choiceOption('--publish <what>', 'of firmware; both by default', ['answers', 'ecg', 'both']))
    .option('--enroll <seconds>', 'of firmware: enrol whoever wears a watch first, under its name', positiveNumber)
    .action(
      shell.action<SimulateOptions>(async (context, options) => {
        const { output, warn, signal } = context;
        const broker = await readBrokerFlags(options);
        const { rate, frameMs, startTime: startTimeUs } = options;
        const sources = await untilAborted(openSources(options), signal);
        if (options.device !== plain) {
          const deviceName = (index: number) => `${options.prefix}-${index + 1}`;
          const settings = { broker, rate, frameMs, startTimeUs, deviceName };
          // Only these watches want the exporter, which takes long to load.
          const { playFirmwareWatches } = await import('../simulate/firmware-watches.js');
          const devices = await playFirmwareWatches(sources, options, settings, context);
          const report = { schema: 'edgebeat.simulate/1', devices } as const;
          output.finish(report, () => renderFirmwareWatches(devices));
          return;
        }
        refuseFirmwareFlags(options);
        const watches = sources.map((source, i) => {
          const device = `${options.prefix}-${i + 1}`;
          const seed = options.source.startsWith(syntheticScheme) ? `${options.source}/${device}` : undefined;
          const onWarning = (error: Error) => warn(error, device);
          return new SimulatedWatch({ device, source, broker, rate, frameMs, startTimeUs, seed, onWarning });
        });
        const stopAll = () => {
          // What goes wrong is what they finish with.
          for (const watch of watches) watch.stop().catch(() => {});
        };
        signal.addEventListener('abort', stopAll, { once: true });
        await Promise.all(watches.map((watch) => watch.start()));
        if (!signal.aborted) output.note(`simulate: ${watches.length} watches stream to ${options.broker}`);
        const reports = await Promise.all(watches.map((watch) => watch.finished));
        const report = { schema: 'edgebeat.simulate/1', devices: reports } as const;
        output.finish(report, () => render(reports));
      }),
    );
}

async function openSources(options: SimulateOptions): Promise<EcgSource[]> {
  const { source, devices, seconds, activity, channel } = options;
  if (source.startsWith(syntheticScheme))
    return Array.from({ length: devices }, (_, i) => {
      const seed = `${source.slice(syntheticScheme.length)}/${i + 1}`;
      const wearer = drawPerson(seed);
      return new SyntheticSource({ seed, seconds, schedule: [{ fromSeconds: 0, wearer, activity }] });
    });
  const paths = await recordings(source);
  return Promise.all(
    Array.from({ length: devices }, (_, i) => openSource(paths[i % paths.length]!, { channel, seconds })),
  );
}

async function recordings(source: string): Promise<string[]> {
  if (!existsSync(source) || !(await stat(source)).isDirectory()) return [source];
  const paths = await listRecords(source);
  if (paths.length === 0) throw new UsageError(`no recordings in ${source}`, 'name a recording or a folder of them');
  return paths;
}

function render(reports: readonly WatchReport[]): string {
  const columns = ['device', 'seconds', 'beats', 'frames', 'sent', 'dropped', 'reconnects', 'bytes'].map(
    (title, i) => ({ title, align: i === 0 ? 'left' : 'right' }) as const,
  );
  const sum = (of: (report: WatchReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  const total = [
    `${count(reports.length)} watches`,
    sum(({ seconds }) => seconds).toFixed(1),
    reports.some(({ beats }) => beats === null) ? noFigure : count(sum(({ beats }) => beats ?? 0)),
    count(sum(({ framesMade }) => framesMade)),
    count(sum(({ framesSent }) => framesSent)),
    count(sum(({ framesDropped }) => framesDropped)),
    count(sum(({ reconnects }) => reconnects)),
    bytes(sum(({ bytes }) => bytes)),
  ];
  const rows = reports.map((report) => [
    report.device,
    report.seconds.toFixed(1),
    report.beats === null ? noFigure : count(report.beats),
    count(report.framesMade),
    count(report.framesSent),
    count(report.framesDropped),
    count(report.reconnects),
    bytes(report.bytes),
  ]);
  return renderTable(columns, reports.length > mostRows ? [total] : [...rows, total]);
}

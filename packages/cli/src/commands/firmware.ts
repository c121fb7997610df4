/** `edgebeat firmware`: a network as a whole watch, built for a board, booted in QEMU, beside its twin and the gateway. */
import { openRecord } from '@edgebeat/ecg';
import type { CCompiler } from '@edgebeat/exporter';
import {
  type EcgSource,
  openSource,
  QemuBoard,
  type QemuProcessor,
  qemuBoards,
  RecordSource,
} from '@edgebeat/sim-device';
import type { Command } from 'commander';
import { buildFirmware } from '../firmware/build-firmware.js';
import { firmwareOn } from '../firmware/devices.js';
import { firmwareModel, writeNetwork } from '../firmware/firmware-model.js';
import { type FirmwareReport, renderFirmware } from '../firmware/firmware-report.js';
import { runFirmware } from '../firmware/run-firmware.js';
import { channelName, choiceOption, positiveNumber } from '../option-values.js';
import type { Shell } from '../shell.js';

interface FirmwareOptions {
  target: QemuProcessor;
  source: string[];
  seconds?: number;
  channel?: string | number;
  enroll: number;
  subject: string;
  out?: string;
  compiler: CCompiler;
}

/** Between two recordings: long enough for the watch to be handed over, s. */
const PAUSE_SECONDS = 2;

export function registerFirmware(program: Command, shell: Shell): void {
  program
    .command('firmware')
    .summary('a network as a watch on a board in QEMU, beside its twin')
    .description(
      'Writes a network in C, builds the firmware of a watch with it, boots that in QEMU and plays recordings to it, one after the\n' +
        'other. Prints beats, answers on the wearer, instructions and memory; the twin (the same firmware in WebAssembly) and the\n' +
        'gateway (TypeScript, integer interpreter) read the same signal, and must answer the same to the bit: otherwise exit status 1.',
    )
    .argument('[model]', 'int8 ONNX file, or the name of a model that comes with edgebeat', 'deit-micro')
    .requiredOption(
      '--source <records...>',
      'recordings, or one of synth:SEED; whoever wears the watch first is enrolled',
    )
    .addOption(choiceOption('--target <processor>', 'which board', Object.keys(qemuBoards)).default('cortex-m55'))
    .addOption(
      choiceOption('--compiler <name>', 'clang for the Cortex-M55 alone, where it knows its vectors', [
        'gcc',
        'clang',
      ]).default('gcc'),
    )
    .option('--seconds <n>', 'of each recording', positiveNumber)
    .option('--channel <name>', 'name or number (from 0) of the channel', channelName)
    .option('--enroll <seconds>', 'how long to enrol', positiveNumber, 10)
    .option('--subject <name>', 'who is enrolled', 'wearer')
    .option('--out <folder>', 'keep the network in C and the firmware there')
    .action(
      shell.action<FirmwareOptions, [string]>(async ({ output, signal }, options, operand) => {
        const model = await firmwareModel(operand);
        const note = (text: string) => output.note(`firmware: ${text}`);
        if (options.out !== undefined) note(`exported: ${await writeNetwork(model, options.target, options.out)}`);
        const { file, isKept } = await buildFirmware(model, options.target, {
          compiler: options.compiler,
          ...(options.out !== undefined && { folder: options.out }),
        });
        note(`${isKept ? 'kept' : 'built'}: ${file}`);
        const twin = await firmwareOn('twin', { model: operand }, () => {});
        const name = `qemu:${options.target}`;
        const { board, sides, equal } = await runFirmware({
          int8: model.int8,
          board: { name, transport: new QemuBoard(options.target, file) },
          twin: twin(),
          openSource: () => openSources(options),
          ...{ subject: options.subject, enrolSeconds: options.enroll, signal, onPart: note },
        });
        const report: FirmwareReport = {
          ...{ schema: 'edgebeat.firmware/1', model: board.started.model, device: name, firmware: file },
          ...{ source: options.source.join(', '), seconds: board.seconds, frames: board.frames.length },
          ...{ figures: board.figures!, sides, equal },
        };
        output.finish(report, () => renderFirmware(report));
        return equal ? 0 : 1;
      }),
    );
}

async function openSources({ source, seconds, channel }: FirmwareOptions): Promise<EcgSource> {
  const options = { ...(channel !== undefined && { channel }), ...(seconds !== undefined && { seconds }) };
  const [first, ...others] = source;
  if (others.length === 0) return openSource(first!, options);
  const items = [];
  for (const path of source) items.push({ record: await openRecord(path), ...options });
  return new RecordSource({ items, pauseSeconds: PAUSE_SECONDS });
}

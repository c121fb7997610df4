/** Where the firmware of a simulated watch runs, as `--device` names it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { toWasm } from '@edgebeat/exporter';
import { isWasm } from '@edgebeat/graph';
import { weightsNames, weightsPath } from '@edgebeat/models';
import { type FirmwareTransport, QemuBoard, type QemuProcessor, WasmWatch } from '@edgebeat/sim-device';
import { UsageError } from '../errors.js';
import { buildFirmware } from './build-firmware.js';
import { firmwareModel } from './firmware-model.js';

/** What `--model` and `--firmware` say. */
export interface FirmwareChoice {
  /** An int8 ONNX file, a WebAssembly file (of the twin), or the name of a model that comes with edgebeat. */
  readonly model: string;
  /** An ELF file that was built before, for a board. */
  readonly firmware?: string;
}

/**
 * Builds what is missing.
 *
 * @param onBuild called where something is compiled, which takes some seconds
 * @returns makes a watch of its own each time
 * @throws UsageError for a model or a firmware that cannot be, and where a compiler is missing; ExportError, GraphError
 */
export async function firmwareOn(
  device: string,
  choice: FirmwareChoice,
  onBuild: (file: string) => void,
): Promise<() => FirmwareTransport> {
  if (device === 'twin') return twin(choice);
  const processor = device.slice('qemu:'.length) as QemuProcessor;
  const file = choice.firmware ?? (await built(processor, choice.model, onBuild));
  if (!existsSync(file)) throw new UsageError(`no such file: ${file}`, 'check the path of --firmware');
  return () => new QemuBoard(processor, file);
}

async function built(processor: QemuProcessor, model: string, onBuild: (file: string) => void): Promise<string> {
  const { file, isKept } = await buildFirmware(await firmwareModel(model), processor);
  if (!isKept) onBuild(file);
  return file;
}

async function twin({ model, firmware }: FirmwareChoice): Promise<() => FirmwareTransport> {
  if (firmware !== undefined)
    throw new UsageError(
      'the twin runs no ELF file',
      'name a .wasm file by --model, or a board by --device qemu:cortex-m55',
    );
  const bytes = await twinBytes(model);
  return () => new WasmWatch(model, bytes);
}

/** The file that comes with edgebeat, the one that is named, or one that Emscripten compiles now. */
async function twinBytes(model: string): Promise<Uint8Array> {
  if (!existsSync(model) && weightsNames('wasm').includes(model)) return readFile(weightsPath(model, 'wasm'));
  if (existsSync(model)) {
    const bytes = await readFile(model);
    if (isWasm(bytes)) return bytes;
  }
  return toWasm((await firmwareModel(model)).int8);
}

/** The network that goes into firmware: the int8 graph of a model that comes with edgebeat, or one of a file. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isQuantized, modelSha256, readIntegerGraph, toC } from '@edgebeat/exporter';
import type { Model } from '@edgebeat/graph';
import { weightsNames, weightsPath } from '@edgebeat/models';
import { UsageError } from '../errors.js';
import { readModelFile } from '../model-file.js';
import { writeFiles } from './write-files.js';

export interface FirmwareModel {
  readonly name: string;
  /** With pairs of QuantizeLinear and DequantizeLinear. */
  readonly int8: Model;
}

/**
 * @param operand an int8 ONNX file, or the name of a model that comes with edgebeat as int8
 * @throws UsageError for a float model, and for what is neither; GraphError for a file that is no model
 */
export async function firmwareModel(operand: string): Promise<FirmwareModel> {
  const isName = !existsSync(operand) && weightsNames('int8').includes(operand);
  const { name, model } = await readModelFile(isName ? weightsPath(operand, 'int8') : operand);
  if (isQuantized(model)) return { name: name.replace(/\.int8$/, ''), int8: model };
  throw new UsageError(
    `${name} is no int8 model, and firmware runs no other`,
    `export it first: edgebeat export ${operand} --to onnx-int8,c --out exported, then name exported/${name}.int8.onnx`,
  );
}

/**
 * The network in C, with what the firmware's app asks of it.
 *
 * @returns texts by their paths
 * @throws UsageError for a network without identity windows and an embedding; ExportError, see `toC`
 */
export function firmwareNetwork(
  { name, int8 }: FirmwareModel,
  target: 'cortex-m4f' | 'cortex-m55',
): ReadonlyMap<string, string> {
  const options = { metadata: int8.metadata, sha256: modelSha256(int8), target };
  const { files } = toC(readIntegerGraph(int8), options);
  if (files.has('identity.h')) return files;
  throw new UsageError(
    `${name} does not tell people apart: no embedding of three beats`,
    'the watch runs models with identity windows, [N, 3, 300], and an output `embedding`',
  );
}

/** Writes the network in C into a folder of its own. @returns that folder. @throws as `firmwareNetwork`; the file system's errors. */
export async function writeNetwork(
  model: FirmwareModel,
  target: 'cortex-m4f' | 'cortex-m55',
  out: string,
): Promise<string> {
  const folder = join(out, `${model.name}.c`);
  await writeFiles(folder, firmwareNetwork(model, target));
  return folder;
}

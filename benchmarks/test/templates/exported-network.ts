/** deit-micro in int8, as `edgebeat export` writes it, in a folder; and running compilers there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IntegerGraph, readIntegerGraph } from '@edgebeat/exporter';
import { decodeModel } from '@edgebeat/graph';
import { coreFolder } from '../../src/firmware/compile-core.js';

const MODEL = fileURLToPath(new URL('../../../packages/models/weights/int8/deit-micro.int8.onnx', import.meta.url));

export const templates = dirname(coreFolder);

export const WARNINGS = ['-Wall', '-Wextra', '-Werror', '-Wconversion', '-ffp-contract=off', '-fno-math-errno'];

export function deitMicro(): { readonly graph: IntegerGraph; readonly metadata: ReadonlyMap<string, string> } {
  const model = decodeModel(readFileSync(MODEL));
  return { graph: readIntegerGraph(model), metadata: model.metadata };
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export const cFiles = (folder: string) =>
  readdirSync(folder).flatMap((file) => (file.endsWith('.c') ? [join(folder, file)] : []));

/** The firmware's core: all of its sources, and the folders that they look for headers in. */
export const coreFiles = () => [...cFiles(join(coreFolder, 'src')), ...cFiles(join(coreFolder, 'app'))];
export const coreIncludes = ['include', 'src', 'app'].flatMap((name) => ['-I', join(coreFolder, name)]);

/** @throws Error with what the program says where it fails or complains. */
export function runIn(folder: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`${command} ended with ${status}: ${stderr}${error ?? ''}`);
  return stdout;
}

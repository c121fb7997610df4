/** Emscripten's compiler, as far as generated C wants it. */
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ExportError } from '../../export-error.js';
import { C_FLAGS } from '../c/index.js';

/** Debian's emscripten looks for its JavaScript packages there, and finds them by this variable alone. */
const DEBIAN_PACKAGES = '/usr/share/nodejs';

const FLAGS = [...C_FLAGS, ...['-O3', '-msimd128', '-sSTANDALONE_WASM=1', '--no-entry']];

/** Of the C stack; the functions of generated code take half a kilobyte. */
const STACK_BYTES = 65_536;
const PAGE_BYTES = 65_536;

/** @throws ExportError where emcc is not on PATH. */
export function findEmcc(path: string = process.env.PATH ?? ''): string {
  const found = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'emcc'))
    .find(isExecutableFile);
  if (found !== undefined) return found;
  throw new ExportError(
    'emcc, the compiler of Emscripten, is not installed',
    'Debian and Ubuntu: apt-get install emscripten; edgebeat doctor says whether it works',
  );
}

export interface EmccInput {
  /** Holds the sources; the module is written there as well. */
  readonly folder: string;
  /** Relative to the folder. */
  readonly sources: readonly string[];
  readonly output: string;
  /** Of all static data of the program. */
  readonly dataBytes: number;
}

/** Compiles to a module that imports nothing and keeps the memory it begins with. @throws ExportError where emcc refuses. */
export function runEmcc(emcc: string, { folder, sources, output, dataBytes }: EmccInput): Promise<void> {
  // A page for what the compiler and the C library add.
  const memory = PAGE_BYTES * Math.ceil((dataBytes + STACK_BYTES + PAGE_BYTES) / PAGE_BYTES);
  const limits = [`-sTOTAL_STACK=${STACK_BYTES}`, `-sINITIAL_MEMORY=${memory}`];
  const args = [...FLAGS, ...limits, '-I.', '-Iinclude', '-Isrc', '-Iapp', '-o', output, ...sources];
  const nodePath = [process.env.NODE_PATH, DEBIAN_PACKAGES].filter(Boolean).join(delimiter);
  const env = { ...process.env, NODE_PATH: nodePath };
  return new Promise((resolve, reject) => {
    execFile(emcc, args, { cwd: folder, env, maxBuffer: 2 ** 24 }, (cause, _, stderr) => {
      if (cause === null) return resolve();
      const lines = stderr.split('\n').filter((line) => /error/i.test(line));
      const problem = (lines[0] ?? cause.message).trim();
      reject(
        new ExportError(
          `${emcc} fails: ${problem}`,
          'edgebeat doctor says whether it works; --to c writes the sources',
          {
            cause,
          },
        ),
      );
    });
  });
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

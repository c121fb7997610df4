/** Compiles the firmware of a watch: the core, a board, and a network in C. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { C_FLAGS, coreFolders, TOOLCHAINS } from '@edgebeat/exporter';
import { type QemuProcessor, qemuBoards } from '@edgebeat/sim-device';
import { UsageError } from '../errors.js';
import { type FirmwareModel, firmwareNetwork } from './firmware-model.js';

export interface Firmware {
  /** Path of the ELF file. */
  readonly file: string;
  /** Whether it had been built before, from the same sources by the same command. */
  readonly isKept: boolean;
}

/** firmware-templates/boards, seen from this file's folder, in src/ as in dist/. */
const BOARDS = fileURLToPath(new URL('../../../../firmware-templates/boards', import.meta.url));
const PROGRAM = 'watch';

/**
 * @param folder where built firmware is kept; one of the user's cache where not given
 * @throws UsageError where the compiler is missing or complains, or boards are not there; ExportError for a network that C cannot run
 */
export async function buildFirmware(
  model: FirmwareModel,
  processor: QemuProcessor,
  folder: string = firmwareFolder(),
): Promise<Firmware> {
  const files = firmwareFiles(model, processor);
  const [{ compiler, flags }] = TOOLCHAINS[processor];
  const args = [...compilerArguments(files, qemuBoards[processor]), ...flags];
  const digest = createHash('sha256')
    .update(JSON.stringify([compiler, args, [...files]]))
    .digest('hex');
  const file = join(folder, `${model.name}-${processor}-${digest.slice(0, 16)}.elf`);
  if (existsSync(file)) return { file, isKept: true };
  const place = await mkdtemp(join(tmpdir(), 'edgebeat-firmware-'));
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(place, path)), { recursive: true });
      await writeFile(join(place, path), text);
    }
    await compile(compiler, [...args, '-o', 'firmware.elf'], place);
    await mkdir(folder, { recursive: true });
    // In one step, so that nobody finds half a file. The temporary folder may be on another disk.
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, readFileSync(join(place, 'firmware.elf')));
    await rename(unfinished, file);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return { file, isKept: false };
}

function firmwareFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'edgebeat', 'firmware');
}

/** Everything that goes in, by its path in the folder where it is compiled. */
function firmwareFiles(model: FirmwareModel, processor: QemuProcessor): Map<string, string> {
  if (!existsSync(BOARDS))
    throw new UsageError(
      'the boards of the firmware are not part of this installation',
      'use a checkout of edgebeat, or name a built firmware by --firmware',
    );
  const boards = ['cortex-m', PROGRAM, qemuBoards[processor]].flatMap((board) =>
    readdirSync(join(BOARDS, board)).map(
      (name) => [`boards/${board}/${name}`, readFileSync(join(BOARDS, board, name), 'utf8')] as const,
    ),
  );
  return new Map([...coreFolders('include', 'src', 'app'), ...boards, ...firmwareNetwork(model, processor)]);
}

function compilerArguments(files: ReadonlyMap<string, string>, board: string): string[] {
  return [
    ...[...C_FLAGS, '-O2', '-Wall', '-Wextra'],
    ...['-Iinclude', '-Isrc', '-Iapp', '-I.', '-Iboards/watch'],
    ...['-nostartfiles', '-specs=nano.specs', '-Wl,--gc-sections'],
    ...['-T', `boards/${board}/memory.ld`, '-T', 'boards/cortex-m/sections.ld'],
    ...[...files.keys()].filter((path) => path.endsWith('.c')),
  ];
}

function compile(compiler: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      const problem = isMissing ? `${compiler} is not installed` : `${compiler} cannot be run: ${error.message}`;
      reject(
        new UsageError(problem, 'on Debian and Ubuntu: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi'),
      );
    });
    child.on('close', (status) => {
      if (status === 0) resolve();
      else
        reject(
          new UsageError(
            `the firmware does not compile: ${errorLine(complaint)}`,
            `look at what ${compiler} says; the flags of a network must not be changed`,
          ),
        );
    });
  });
}

function errorLine(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error|undefined|overflow/i.test(line)) ?? lines.at(-1) ?? 'the compiler says nothing';
}

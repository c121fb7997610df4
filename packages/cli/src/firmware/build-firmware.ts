/** Compiles the firmware of a watch: the core, a board, and a network in C. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CCompiler, coreFolders } from '@edgebeat/exporter';
import { type QemuProcessor, qemuBoards } from '@edgebeat/sim-device';
import { UsageError } from '../errors.js';
import { compileSteps } from './compile-steps.js';
import { type FirmwareModel, firmwareNetwork } from './firmware-model.js';
import { runCompiler } from './run-compiler.js';
import { writeFiles } from './write-files.js';

export interface Firmware {
  /** Path of the ELF file. */
  readonly file: string;
  /** Whether it had been built before, from the same sources by the same command. */
  readonly isKept: boolean;
}

/** firmware-templates/boards, seen from this file's folder, in src/ as in dist/. */
const BOARDS = fileURLToPath(new URL('../../../../firmware-templates/boards', import.meta.url));
const PROGRAM = 'watch';
const OUTPUT = 'firmware.elf';

export interface BuildOptions {
  /** Where built firmware is kept; one of the user's cache where not given. */
  readonly folder?: string;
  /** Of what does not belong to the board; `gcc` where not given. */
  readonly compiler?: CCompiler;
}

/**
 * @throws UsageError where the compiler is missing or complains, or boards are not there; ExportError for a network that C cannot run
 */
export async function buildFirmware(
  model: FirmwareModel,
  processor: QemuProcessor,
  { folder = firmwareFolder(), compiler = 'gcc' }: BuildOptions = {},
): Promise<Firmware> {
  const files = firmwareFiles(model, processor);
  const steps = compileSteps([...files.keys()], processor, compiler, OUTPUT);
  const digest = createHash('sha256')
    .update(JSON.stringify([steps, [...files]]))
    .digest('hex');
  const file = join(folder, `${model.name}-${processor}-${digest.slice(0, 16)}.elf`);
  if (existsSync(file)) return { file, isKept: true };
  const place = await mkdtemp(join(tmpdir(), 'edgebeat-firmware-'));
  try {
    await writeFiles(place, files);
    for (const step of steps) await runCompiler(step, place);
    await mkdir(folder, { recursive: true });
    // In one step, so that nobody finds half a file. The temporary folder may be on another disk.
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, readFileSync(join(place, OUTPUT)));
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

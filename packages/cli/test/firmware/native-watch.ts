/** The firmware's app with deit-micro as a program of this computer, under the address and undefined-behaviour sanitizers. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { C_FLAGS, coreFolders } from '@edgebeat/exporter';
import { type FirmwareEvent, FirmwareLink, type FirmwareTransport } from '@edgebeat/sim-device';
import { type FirmwareModel, firmwareNetwork } from '../../src/firmware/firmware-model.js';

const WARNINGS = ['-Wall', '-Wextra', '-Werror', '-Wconversion', '-Wdouble-promotion', '-Wshadow'];
const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-g', '-O1'];

/** Where programs are kept from one test file to the next, and from one run to the next: compiling takes longer than the tests. */
const KEPT = fileURLToPath(new URL('../../../../node_modules/.cache/edgebeat/test-firmware', import.meta.url));

/** @returns path of the program, compiled unless it was before from the same sources. */
export function nativeFirmware(compiler: string, model: FirmwareModel): string {
  const files = new Map([...coreFolders('include', 'src', 'app', 'test'), ...firmwareNetwork(model, 'cortex-m4f')]);
  const sources = [...files.keys()].filter((path) => path.endsWith('.c') && !path.startsWith('test/'));
  const folders = ['-I.', '-Iinclude', '-Isrc', '-Iapp', '-D_POSIX_C_SOURCE=200809L'];
  const args = [...C_FLAGS, ...WARNINGS, ...SANITIZERS, ...folders, ...sources, 'test/app-host.c', '-o', 'watch'];
  const digest = createHash('sha256')
    .update(JSON.stringify([compiler, args, [...files]]))
    .digest('hex');
  const kept = join(KEPT, digest.slice(0, 16));
  if (existsSync(kept)) return kept;
  const folder = mkdtempSync(join(tmpdir(), 'edgebeat-app-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { status, stderr } = spawnSync(compiler, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the app does not compile:\n${stderr}`);
    mkdirSync(KEPT, { recursive: true });
    copyFileSync(join(folder, 'watch'), `${kept}.${process.pid}`);
    renameSync(`${kept}.${process.pid}`, kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return kept;
}

export class NativeWatch implements FirmwareTransport {
  readonly #program: string;
  #process: ChildProcessWithoutNullStreams | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(program: string) {
    this.#program = program;
  }

  open(onBytes: (bytes: Uint8Array) => void, onEnd: (error?: Error) => void): void {
    const child = spawn(this.#program);
    this.#process = child;
    let complaint = '';
    child.stdin.on('error', () => {});
    child.stdout.on('data', onBytes);
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    this.#ended = new Promise((resolve) => {
      child.on('close', (status) => {
        onEnd(status === 0 ? undefined : new Error(`the watch ended with ${status}: ${complaint}`));
        resolve();
      });
    });
  }

  write(bytes: Uint8Array): void {
    this.#process?.stdin.write(bytes);
  }

  close(): Promise<void> {
    this.#process?.stdin.end();
    return this.#ended;
  }

  kill(): void {
    this.#process?.kill('SIGKILL');
  }
}

/** A watch that is told record by record. */
export class ToldWatch {
  static #running = new Set<NativeWatch>();
  readonly events: FirmwareEvent[] = [];
  readonly #link: FirmwareLink;
  readonly #transport: NativeWatch;

  /** @param program of `nativeFirmware`. */
  constructor(program: string) {
    this.#transport = new NativeWatch(program);
    ToldWatch.#running.add(this.#transport);
    this.#link = new FirmwareLink(this.#transport, (event) => this.events.push(event));
  }

  /** @returns what became of the last record. */
  async tell(...records: readonly Uint8Array[]): Promise<string> {
    let status = 'ok';
    for (const record of records) status = await (await this.#link.send(record)).done;
    return status;
  }

  of<Kind extends FirmwareEvent['kind']>(kind: Kind): Extract<FirmwareEvent, { kind: Kind }>[] {
    return this.events.filter((event) => event.kind === kind) as Extract<FirmwareEvent, { kind: Kind }>[];
  }

  async end(): Promise<void> {
    await this.#link.stop();
  }

  /** Ends those that a failed test left behind. */
  static killAll(): void {
    for (const watch of ToldWatch.#running) watch.kill();
    ToldWatch.#running.clear();
  }
}

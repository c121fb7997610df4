/** Programs outside npm: the table, and whether each is here and starts. */
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Check, Group } from './check.js';
import { installLine } from './debian.js';

export interface Program {
  name: string;
  group: Group;
  purpose: string;
  /** Any of these will do. */
  binaries: readonly string[];
  packages: readonly string[];
  /** What makes it print its version. */
  versionArgs: readonly string[];
}

export const programs: readonly Program[] = [
  {
    name: 'mosquitto',
    group: 'tests',
    purpose: 'the same stream over a real MQTT broker',
    binaries: ['mosquitto'],
    packages: ['mosquitto'],
    versionArgs: ['-h'],
  },
  {
    name: 'chromium',
    group: 'tests',
    purpose: 'models and the runtime in a real browser',
    binaries: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium'],
    versionArgs: ['--version'],
  },
  {
    name: 'cppcheck',
    group: 'tests',
    purpose: 'static analysis of the firmware core',
    binaries: ['cppcheck'],
    packages: ['cppcheck'],
    versionArgs: ['--version'],
  },
  {
    name: 'dtc',
    group: 'tests',
    purpose: 'the devicetree overlays of the Zephyr application',
    binaries: ['dtc'],
    packages: ['device-tree-compiler'],
    versionArgs: ['--version'],
  },
  {
    name: 'C compiler',
    group: 'targets',
    purpose: 'generated C on this machine',
    binaries: ['gcc', 'cc'],
    packages: ['build-essential'],
    versionArgs: ['--version'],
  },
  {
    name: 'arm-none-eabi-gcc',
    group: 'targets',
    purpose: 'firmware for Arm Cortex-M',
    binaries: ['arm-none-eabi-gcc'],
    packages: ['gcc-arm-none-eabi', 'libnewlib-arm-none-eabi'],
    versionArgs: ['--version'],
  },
  {
    name: 'clang-19',
    group: 'targets',
    purpose: 'vector code for Cortex-M55 (Helium) and WebAssembly',
    binaries: ['clang-19'],
    packages: ['clang-19'],
    versionArgs: ['--version'],
  },
  {
    name: 'emcc',
    group: 'targets',
    purpose: 'generated C as WebAssembly',
    binaries: ['emcc'],
    packages: ['emscripten'],
    versionArgs: ['--version'],
  },
  {
    name: 'qemu-system-arm',
    group: 'targets',
    purpose: 'running firmware without a board',
    binaries: ['qemu-system-arm'],
    packages: ['qemu-system-arm'],
    versionArgs: ['--version'],
  },
];

/** A program that takes longer than this to say its version does not work. */
const patienceMs = 15_000;

/** Finds the program and starts it. @param folders where to look, PATH and the sbin folders unless told otherwise */
export async function checkProgram(program: Program, folders: readonly string[] = searchFolders()): Promise<Check> {
  const { name, group, purpose, packages } = program;
  const check = { name, group, required: false, purpose, packages };
  const path = findBinary(program.binaries, folders);
  if (path === undefined) return { ...check, status: 'missing', detail: '', remedy: installLine(packages) };
  const { version, complaint } = await askVersion(path, program.versionArgs);
  if (version !== undefined) return { ...check, status: 'ok', detail: `${version} ${path}` };
  return { ...check, status: 'broken', detail: `${path} ${complaint}`, remedy: installLine(packages) };
}

/** Folders of PATH, then those where Debian keeps daemons and which are on root's PATH only. */
export function searchFolders(): string[] {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...path, '/usr/local/sbin', '/usr/sbin', '/sbin'];
}

/** @returns path of the first binary that is an executable file */
export function findBinary(binaries: readonly string[], folders: readonly string[]): string | undefined {
  return binaries.flatMap((binary) => folders.map((folder) => join(folder, binary))).find(isExecutableFile);
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function askVersion(path: string, args: readonly string[]): Promise<{ version?: string; complaint: string }> {
  return new Promise((resolve) => {
    execFile(path, [...args], { timeout: patienceMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      // Some print their help, version included, and exit with a failure.
      const version = `${stdout}\n${stderr}`.match(/\b\d+\.\d+(\.\d+)*/)?.[0];
      if (version !== undefined) resolve({ version, complaint: '' });
      else if (error?.killed) resolve({ complaint: `did not answer in ${patienceMs / 1000} s` });
      else resolve({ complaint: stderr.trim().split('\n')[0] || (error?.message.split('\n')[0] ?? 'says no version') });
    });
  });
}

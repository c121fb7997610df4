/**
 * Programs that some tests need and npm does not bring: the table, and where to find a program on this machine.
 * `testing/system-packages.ts` skips by it, `npm test` installs by it.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * - `program`: the name that tests ask for
 * - `binaries`: any of these proves that it is there
 * - `packages`: what Debian and Ubuntu call it, and what it needs beside it
 * - `why`: what the tests do with it
 */
export const systemPackages = [
  {
    program: 'mosquitto',
    binaries: ['mosquitto'],
    packages: ['mosquitto'],
    why: 'the same stream over a real MQTT broker',
  },
  {
    program: 'chromium',
    binaries: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium'],
    why: 'models and the runtime in a real browser',
  },
  {
    program: 'cc',
    binaries: ['gcc', 'cc'],
    packages: ['build-essential'],
    why: 'the firmware core in C against the signal path in TypeScript',
  },
  {
    program: 'cppcheck',
    binaries: ['cppcheck'],
    packages: ['cppcheck'],
    why: 'static analysis of the firmware core',
  },
  {
    program: 'arm-none-eabi-gcc',
    binaries: ['arm-none-eabi-gcc'],
    packages: ['gcc-arm-none-eabi', 'libnewlib-arm-none-eabi'],
    why: 'the firmware for Cortex-M',
  },
  {
    program: 'clang',
    binaries: ['clang-19'],
    packages: ['clang-19'],
    why: 'networks that use the vectors of the Cortex-M55',
  },
  {
    program: 'qemu-system-arm',
    binaries: ['qemu-system-arm'],
    packages: ['qemu-system-arm'],
    why: 'the firmware on emulated boards',
  },
  {
    program: 'emcc',
    binaries: ['emcc'],
    packages: ['emscripten'],
    why: 'networks in C as WebAssembly',
  },
  {
    program: 'dtc',
    binaries: ['dtc'],
    packages: ['device-tree-compiler'],
    why: 'the devicetree overlays of the Zephyr application',
  },
];

/** Debian keeps daemons in folders that are on root's PATH only. */
const sbinFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * @param {string} program a `program` of the table
 * @returns {string | undefined} path of its first binary on PATH, in /usr/sbin or the like
 */
export function findProgram(program) {
  const entry = systemPackages.find((row) => row.program === program);
  if (!entry) throw new Error(`'${program}' is not in the table of scripts/system-packages.mjs`);
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...sbinFolders];
  for (const binary of entry.binaries) {
    for (const folder of folders) {
      const path = join(folder, binary);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

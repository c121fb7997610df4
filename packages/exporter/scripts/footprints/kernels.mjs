/** Code and stack of every kernel as one compiler makes them. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, run } from './compile.mjs';

const CORE = fileURLToPath(new URL('../../../../firmware-templates/core', import.meta.url));

/** @returns `[code, stack]` by kernel. */
export function measureKernels(toolchain, optimization, folder) {
  const names = readdirSync(`${CORE}/kernels`).map((file) => file.replace('.c', ''));
  const objects = new Map(
    names.map((name) => {
      const source = `${CORE}/kernels/${name}.c`;
      return [name, compile(toolchain, optimization, folder, source, `${name}.o`, [`${CORE}/include`])];
    }),
  );
  const library = libraryFrames(toolchain, folder, names);
  return Object.fromEntries(
    names.map((name) => {
      const { symbols, frames } = objects.get(name);
      const code = symbols.reduce((sum, { bytes }) => sum + bytes, 0);
      const calls = callsOf(run('arm-none-eabi-objdump', ['-dr', `${folder}/${name}.o`]));
      return [name, [code, deepest(name, calls, new Map([...library, ...frames]))]];
    }),
  );
}

/** What each function of an object calls, by relocations: every function has a section of its own. */
function callsOf(listing) {
  const calls = new Map();
  let current = new Set();
  for (const line of listing.split('\n')) {
    const [, begun] = /^[0-9a-f]+ <(\w+)>:/.exec(line) ?? [];
    if (begun) {
      current = new Set();
      calls.set(begun, current);
    }
    const [, called] = /R_ARM_THM_(?:CALL|JUMP24)\s+(\w+)/.exec(line) ?? [];
    if (called) current.add(called);
  }
  return calls;
}

/** Bytes of the longest chain of frames that begins with this function. */
function deepest(name, calls, frames) {
  if (!frames.has(name)) throw new Error(`the frame of ${name} is unknown`);
  return frames.get(name) + Math.max(0, ...[...(calls.get(name) ?? [])].map((one) => deepest(one, calls, frames)));
}

/** What the C library's functions put on the stack, all that stands in them added up: they call nothing. */
function libraryFrames({ flags }, folder, names) {
  const processor = flags.filter((flag) => /^-m(cpu|fpu|float-abi)=/.test(flag));
  const objects = names.map((name) => `${name}.o`);
  const link = [
    '-mthumb',
    ...processor,
    '-nostartfiles',
    '-Wl,--entry=0,--no-gc-sections',
    ...objects,
    '-o',
    'all.elf',
  ];
  run('arm-none-eabi-gcc', link, folder);
  const frames = new Map();
  let current;
  for (const line of run('arm-none-eabi-objdump', ['-d', `${folder}/all.elf`]).split('\n')) {
    const [, begun] = /^[0-9a-f]+ <(\w+)>:/.exec(line) ?? [];
    if (begun) {
      current = names.includes(begun) ? undefined : begun;
      if (current !== undefined) frames.set(current, 0);
    } else if (current !== undefined) frames.set(current, frames.get(current) + pushed(line));
  }
  // Several names may stand for the same function; the listing shows one of them.
  const [copy, fill] = [largest(frames, /^(__aeabi_)?memcpy/), largest(frames, /^(__aeabi_)?mem(set|clr)/)];
  return new Map([
    ...['memcpy', '__aeabi_memcpy', '__aeabi_memcpy4', '__aeabi_memcpy8'].map((name) => [name, copy]),
    ...['memset', '__aeabi_memset', '__aeabi_memclr', '__aeabi_memset4', '__aeabi_memclr4'].map((name) => [name, fill]),
  ]);
}

function largest(frames, pattern) {
  return Math.max(0, ...[...frames].flatMap(([name, bytes]) => (pattern.test(name) ? [bytes] : [])));
}

/** Bytes by which an instruction moves the stack pointer down. */
function pushed(line) {
  const [, , registers] = /\t(push|stmdb\tsp!,)\s*\{([^}]*)\}/.exec(line) ?? [];
  if (registers !== undefined) return 4 * registers.split(',').length;
  const [, bytes] = /\t(?:sub\tsp, #|strd?(?:\.w)?\t.*\[sp, #-)(\d+)/.exec(line) ?? [];
  return Number(bytes ?? 0);
}

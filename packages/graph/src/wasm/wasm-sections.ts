/**
 * Sections of a WebAssembly module, as far as a custom one is to be read or added: WebAssembly Core Specification, Binary Format,
 * Modules. Each section is an id, a length (LEB128) and so many bytes; those with id 0 are custom and begin with their name.
 */

/** `\0asm`, then version 1 in four bytes. */
const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const CUSTOM = 0;
/** Bytes of the longest length: 32 bits, seven in each. */
const LONGEST_LENGTH = 5;

/** Whether bytes begin as a WebAssembly module does. */
export function isWasm(bytes: Uint8Array): boolean {
  return PREAMBLE.every((byte, at) => bytes[at] === byte);
}

/**
 * The contents of the custom section with this name; of several, the last.
 *
 * @returns undefined where there is none, or the module is cut short before it
 */
export function customSection(module: Uint8Array, name: string): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  let at = PREAMBLE.length;
  while (at < module.length) {
    const id = module[at];
    const length = lengthAt(module, at + 1);
    if (length === undefined || length.end + length.value > module.length) return found;
    const contents = module.subarray(length.end, length.end + length.value);
    if (id === CUSTOM) {
      const named = lengthAt(contents, 0);
      const end = named && named.end + named.value;
      if (end !== undefined && new TextDecoder().decode(contents.subarray(named!.end, end)) === name)
        found = contents.subarray(end);
    }
    at = length.end + length.value;
  }
  return found;
}

/** The module with a custom section behind all others. */
export function withCustomSection(module: Uint8Array, name: string, contents: Uint8Array): Uint8Array<ArrayBuffer> {
  const label = new TextEncoder().encode(name);
  const head = [...lengthBytes(label.length), ...label];
  const section = [CUSTOM, ...lengthBytes(head.length + contents.length), ...head];
  const result = new Uint8Array(module.length + section.length + contents.length);
  result.set(module);
  result.set(section, module.length);
  result.set(contents, module.length + section.length);
  return result;
}

/** An unsigned LEB128 number, and where what follows begins. */
function lengthAt(bytes: Uint8Array, begin: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let i = 0; i < LONGEST_LENGTH; i++) {
    const byte = bytes[begin + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: begin + i + 1 };
  }
  return undefined;
}

function lengthBytes(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...lengthBytes(Math.floor(value / 0x80))];
}

/** Node.js and the processor. */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus } from 'node:os';
import type { Check } from './check.js';

const oldestNodeMajor = 20;

/** @param version of this process unless told otherwise: `20.11.1` */
export function checkNode(version: string = process.versions.node): Check {
  const isNewEnough = Number(version.split('.')[0]) >= oldestNodeMajor;
  return {
    name: 'Node.js',
    group: 'run',
    required: true,
    status: isNewEnough ? 'ok' : 'broken',
    detail: isNewEnough ? `${version} ${process.execPath}` : `${version} is too old`,
    purpose: 'everything',
    ...(isNewEnough ? {} : { remedy: `Node.js ${oldestNodeMajor} or newer: https://nodejs.org` }),
  };
}

/** Flag in /proc/cpuinfo and what is said about it. */
const features: readonly (readonly [flag: string, name: string])[] = [
  ['avx2', 'AVX2'],
  ['fma', 'FMA'],
  ['avx512f', 'AVX-512'],
  ['avx512_vnni', 'AVX-512 VNNI'],
  ['avx_vnni', 'AVX-VNNI'],
  ['asimd', 'NEON'],
  ['asimddp', 'dot product'],
  ['i8mm', 'int8 matrix product'],
];

/** Instruction sets that decide how fast float32 and int8 networks run here. @param cpuinfo text of /proc/cpuinfo */
export function checkProcessor(cpuinfo: string = readCpuinfo()): Check {
  const flags = new Set(cpuinfo.match(/^(?:flags|Features)\s*:\s*(.*)$/m)?.[1]?.split(/\s+/));
  const present = features.filter(([flag]) => flags.has(flag)).map(([, name]) => name);
  const model = cpus()[0]?.model.trim() || arch();
  const isVector = flags.size === 0 || flags.has('avx2') || flags.has('asimd');
  return {
    name: 'processor',
    group: 'machine',
    required: false,
    status: isVector ? 'ok' : 'missing',
    detail: `${model}, ${availableParallelism()} threads: ${flags.size === 0 ? 'features unknown' : present.join(', ') || 'no vector unit known to edgebeat'}`,
    purpose: 'speed of networks on this machine',
    ...(isVector ? {} : { remedy: 'a processor with AVX2 or NEON; without one networks run, slowly' }),
  };
}

function readCpuinfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}

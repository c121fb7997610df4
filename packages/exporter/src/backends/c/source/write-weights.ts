/** weights.h and weights.c: what lies in flash. */
import type { Constant, ConstantData } from '../program/constant-pool.js';
import { realLiteral } from './literals.js';
import type { ModelNames } from './model-names.js';

export function writeWeightsHeader(constants: readonly Constant[], { macro }: ModelNames): string {
  const declarations = constants.map(({ name, data }) => `extern const ${typeOf(data)} ${name}[${data.length}];`);
  return [
    '/* Weights, biases, multipliers and tables. */',
    `#ifndef ${macro}_WEIGHTS_H`,
    `#define ${macro}_WEIGHTS_H`,
    '',
    '#include <stdint.h>',
    '',
    ...declarations,
    '',
    '#endif',
    '',
  ].join('\n');
}

export function writeWeights(constants: readonly Constant[]): string {
  const definitions = constants.map(
    ({ name, data }) => `_Alignas(4) const ${typeOf(data)} ${name}[${data.length}] = {\n${elements(data)}\n};\n`,
  );
  return ['/* Weights, biases, multipliers and tables. */', '#include "weights.h"', '', ...definitions].join('\n');
}

function typeOf(data: ConstantData): string {
  if (data instanceof Int8Array) return 'int8_t';
  if (data instanceof Int32Array) return 'int32_t';
  return data instanceof Uint32Array ? 'uint32_t' : 'float';
}

function elements(data: ConstantData): string {
  const perLine = data instanceof Int8Array ? 24 : 8;
  const lines: string[] = [];
  for (let i = 0; i < data.length; i += perLine) {
    const end = Math.min(i + perLine, data.length);
    lines.push(`  ${data instanceof Float32Array ? reals(data.slice(i, end)) : integers(data.slice(i, end))},`);
  }
  return lines.join('\n');
}

function reals(data: Float32Array): string {
  return Array.from(data, realLiteral).join(', ');
}

/** -2^31 has no literal of type int in C. */
function integers(data: ConstantData): string {
  return data.join(', ').replaceAll('-2147483648', '(-2147483647 - 1)');
}

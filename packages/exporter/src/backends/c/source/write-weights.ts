/** weights.h and weights.c: what lies in flash. */
import type { Constant, ConstantData } from '../program/constant-pool.js';
import { integerLiteral, realLiteral } from './literals.js';
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
  const isByte = data instanceof Int8Array;
  const perLine = isByte ? 24 : 8;
  const written = Array.from(data, data instanceof Float32Array ? realLiteral : integerLiteral);
  const lines: string[] = [];
  for (let i = 0; i < written.length; i += perLine) lines.push(`  ${written.slice(i, i + perLine).join(', ')},`);
  return lines.join('\n');
}

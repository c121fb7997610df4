/** model.h: what a caller has to know. */
import { readMetadata } from '@edgebeat/graph';
import type { IntegerTensor } from '../../../integer/integer-graph.js';
import { declaredArenaBytes } from '../figures.js';
import type { Program } from '../program/program.js';
import { dimensions } from './dimensions.js';
import { realLiteral, stringLiteral } from './literals.js';
import { type ModelNames, runParameters } from './model-names.js';

export interface HeaderOptions {
  readonly name: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly sha256?: string | undefined;
  readonly alignment: number;
}

export function writeHeader(program: Program, names: ModelNames, options: HeaderOptions): string {
  const { macro, prefix } = names;
  const bytes = declaredArenaBytes(program, options.alignment);
  return [
    `/* ${commentText(options.name)} with int8 codes: real = scale * (code - zero point). */`,
    `#ifndef ${macro}_H`,
    `#define ${macro}_H`,
    '',
    '#include <stdint.h>',
    '',
    ...identity(macro, options),
    ...preprocessing(macro, options.metadata),
    ...tensors(program, names),
    '/* Working memory of a run. What it holds between runs does not matter; several models may share it. */',
    `#define ${macro}_ARENA_BYTES ${bytes}`,
    `typedef struct {`,
    `  _Alignas(${options.alignment}) int8_t arena[${macro}_ARENA_BYTES];`,
    `} ${prefix}_memory;`,
    '',
    '/* Inputs, outputs and memory must not overlap. */',
    `void ${prefix}_run(${[`${prefix}_memory *memory`, ...runParameters(program, names)].join(', ')});`,
    '',
    ...program.inputs.flatMap(({ buffer }) => [
      '/* Real numbers to the codes of an input. */',
      `void ${prefix}_quantize_${names.parameters.get(buffer.name)}(const float *real, int8_t *${names.parameters.get(buffer.name)});`,
      '',
    ]),
    '#endif',
    '',
  ].join('\n');
}

function identity(macro: string, { name, metadata, sha256 }: HeaderOptions): string[] {
  const version = metadata.get('edgebeat.version');
  return [
    `#define ${macro}_NAME ${stringLiteral(metadata.get('edgebeat.name') ?? name)}`,
    ...(version === undefined ? [] : [`#define ${macro}_VERSION ${stringLiteral(version)}`]),
    ...(sha256 === undefined
      ? []
      : ['/* Of the ONNX file that this was made from. */', `#define ${macro}_SHA256 ${stringLiteral(sha256)}`]),
    '',
  ];
}

/** How a window is cut and scaled before its numbers become codes. */
function preprocessing(macro: string, metadata: ReadonlyMap<string, string>): string[] {
  const { rate, window, normalize } = readMetadata(metadata);
  const lines: string[] = [];
  if (rate !== undefined) lines.push('/* Samples a second. */', `#define ${macro}_RATE_HZ ${rate}`);
  if (window?.kind === 'identity') {
    lines.push(
      '/* A window is so many beats, each of so many samples before its R peak and from it on. */',
      `#define ${macro}_BEATS ${window.beats}`,
      `#define ${macro}_SAMPLES_BEFORE ${window.before}`,
      `#define ${macro}_SAMPLES_AFTER ${window.after}`,
    );
  }
  if (window?.kind === 'activity') {
    lines.push('/* A window is so many samples. */', `#define ${macro}_WINDOW_SAMPLES ${window.samples}`);
  }
  if (normalize !== undefined) {
    const how = normalize.replace('-', '_').toUpperCase();
    lines.push('/* An eb_normalization, of edgebeat/normalize.h. */', `#define ${macro}_NORMALIZE EB_NORMALIZE_${how}`);
  }
  return lines.length > 0 ? [...lines, ''] : [];
}

function tensors({ inputs, outputs }: Program, names: ModelNames): string[] {
  return [...inputs, ...outputs].flatMap(({ buffer, tensor }) => {
    const name = `${names.macro}_${names.macroOf(buffer)}`;
    return [
      `/* ${names.parameters.get(buffer.name)}: ${dimensions(tensor.shape)} */`,
      `#define ${name}_LENGTH ${buffer.count}`,
      ...quantization(name, tensor),
      '',
    ];
  });
}

function quantization(macro: string, tensor: IntegerTensor): string[] {
  if (tensor.dtype === 'float32') return [];
  const { scales, zeroPoint } = tensor.quantization;
  return [
    `#define ${macro}_SCALE ${realLiteral(scales[0]!)}`,
    `#define ${macro}_ZERO_POINT ${zeroPoint < 0 ? `(${zeroPoint})` : zeroPoint}`,
  ];
}

/** What may stand in a comment. */
function commentText(value: string): string {
  return value.replace(/[^\x20-\x7e]|\*\/|\/\*/g, '?');
}

/** model.c: a call for each step of the network. */
import { C_TYPES } from '../program/buffer.js';
import type { Program, ProgramInput } from '../program/program.js';
import type { Argument, Location, Step } from '../program/step.js';
import { headerOf } from './kernels.js';
import { realLiteral } from './literals.js';
import { type ModelNames, runParameters } from './model-names.js';
import { renderStruct } from './render-value.js';

export function writeModel(program: Program, names: ModelNames): string {
  const kernels = [...new Set(program.steps.map(({ kernel }) => kernel))];
  const headers = [...new Set([...kernels.map(headerOf), 'edgebeat/kernels/quantize.h'])].sort();
  return [
    '/* The network: what each step is told, and the steps. */',
    '#include "model.h"',
    '',
    ...headers.map((header) => `#include "${header}"`),
    '#include "weights.h"',
    '',
    ...program.steps.flatMap(writeParameters),
    writeRun(program, names),
    ...program.inputs.map((input) => writeQuantizer(input, names)),
  ].join('\n');
}

function writeParameters({ comment, name, arguments: args }: Step): string[] {
  return args.flatMap((argument) =>
    argument.kind === 'parameters'
      ? [`/* ${comment} */`, `static const ${argument.type} ${name} = ${renderStruct(argument.value)};`, '']
      : [],
  );
}

function writeRun(program: Program, names: ModelNames): string {
  const parameters = [`${names.prefix}_memory *memory`, ...runParameters(program, names)].join(', ');
  const usesArena = program.arena.bytes > 0;
  const calls = program.steps.map((step) => {
    const args = step.arguments.map((argument) => writeArgument(argument, step, program, names));
    return `  /* ${step.comment} */\n  ${step.kernel}(${args.join(', ')});`;
  });
  return [
    `void ${names.prefix}_run(${parameters}) {`,
    usesArena ? '  int8_t *const arena = memory->arena;' : '  (void)memory;',
    ...calls,
    '}',
    '',
  ].join('\n');
}

function writeArgument(argument: Argument, step: Step, program: Program, names: ModelNames): string {
  switch (argument.kind) {
    case 'parameters':
      return `&${step.name}`;
    case 'number':
      return String(argument.value);
    case 'constant':
      return argument.name;
    case 'scratch':
      return writeLocation({ buffer: argument.buffer, offset: 0 }, program, names);
    default:
      return writeLocation(argument.location, program, names);
  }
}

function writeLocation({ buffer, offset }: Location, { arena }: Program, { parameters }: ModelNames): string {
  const parameter = parameters.get(buffer.name) ?? (buffer.place === 'constant' ? buffer.name : undefined);
  if (parameter !== undefined) return offset === 0 ? parameter : `${parameter} + ${offset}`;
  const begin = arena.offsets.get(buffer.name)!;
  if (buffer.type === 'int8') return `arena + ${begin + offset}`;
  const pointer = `(${C_TYPES[buffer.type]} *)(void *)(arena + ${begin})`;
  return offset === 0 ? pointer : `${pointer} + ${offset}`;
}

function writeQuantizer({ buffer, tensor }: ProgramInput, names: ModelNames): string {
  const { scales, zeroPoint } = tensor.quantization;
  const name = names.parameters.get(buffer.name)!;
  const quantization = `{.scale = ${realLiteral(scales[0]!)}, .zero_point = ${zeroPoint}, .count = ${buffer.count}}`;
  return [
    `void ${names.prefix}_quantize_${name}(const float *real, int8_t *${name}) {`,
    `  static const eb_quantization quantization = ${quantization};`,
    `  eb_quantize_s8(&quantization, real, ${name});`,
    '}',
    '',
  ].join('\n');
}

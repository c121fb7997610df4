/** entry.c: the generated model behind the functions that a WebAssembly file of edgebeat exports. */
import type { CodeTensor, IntegerGraph } from '../../integer/integer-graph.js';
import { elementCount } from '../../interpreter/indices.js';
import { C_TYPES } from '../c/program/buffer.js';
import { realLiteral } from '../c/source/literals.js';

/** @param graph the one that `toC` was given, with its default prefix. */
export function writeEntry({ tensors, inputs, outputs }: IntegerGraph): string {
  const tensorOf = (name: string) => tensors.get(name)!;
  const count = (name: string) => elementCount(tensorOf(name).shape);
  const codes = inputs.map((_, i) => `codes${i}`);
  const results = outputs.map((_, i) => `output${i}`);
  return `/* What the host calls: it writes real numbers, lets the model run, and reads codes or real numbers. */
#include "edgebeat/kernels/quantize.h"
#include "model.h"

#define EXPORT(name) __attribute__((export_name("edgebeat_" #name)))

static eb_model_memory memory;
${inputs.map((name, i) => `static float input${i}[${count(name)}];\nstatic int8_t codes${i}[${count(name)}];`).join('\n')}
${outputs.map(({ tensor }, i) => `static ${outputType(tensorOf(tensor).dtype)} output${i}[${count(tensor)}];`).join('\n')}

EXPORT(input) void *edgebeat_input(int32_t index);
void *edgebeat_input(int32_t index) {
  static void *const inputs[] = {${inputs.map((_, i) => `input${i}`).join(', ')}};
  return inputs[index];
}

EXPORT(output) void *edgebeat_output(int32_t index);
void *edgebeat_output(int32_t index) {
  static void *const outputs[] = {${results.join(', ')}};
  return outputs[index];
}

EXPORT(run) void edgebeat_run(void);
void edgebeat_run(void) {
${inputs.map((name, i) => quantization(tensorOf(name) as CodeTensor, i)).join('\n')}
  eb_model_run(&memory, ${[...codes, ...results].join(', ')});
}
`;
}

function quantization({ shape, quantization: { scales, zeroPoint } }: CodeTensor, index: number): string {
  const value = `{.scale = ${realLiteral(scales[0]!)}, .zero_point = ${zeroPoint}, .count = ${elementCount(shape)}}`;
  return `  eb_quantize_s8(&(eb_quantization)${value}, input${index}, codes${index});`;
}

function outputType(dtype: 'int8' | 'int32' | 'float32'): string {
  return C_TYPES[dtype === 'float32' ? 'float32' : 'int8'];
}

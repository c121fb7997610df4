/** identity.h and identity.c: a network as the firmware's app takes one (firmware-templates/core/include/edgebeat/app). */
import { type ModelMetadata, readMetadata } from '@edgebeat/graph';
import type { Program, ProgramInput, ProgramOutput } from '../program/program.js';

import { realLiteral } from './literals.js';
import type { ModelNames } from './model-names.js';
import type { HeaderOptions } from './write-header.js';

/** The network's part in telling people apart. */
interface IdentityRole {
  readonly input: ProgramInput;
  readonly embedding: ProgramOutput;
  readonly metadata: ModelMetadata;
}

/** The only window that the firmware's signal path cuts. */
const WINDOW = { rate: 250, beats: 3, before: 150, after: 150 } as const;
const SHA256 = /^[0-9a-f]{64}$/;

/** @returns the texts by their path; none for a network that the app has no use for. */
export function identityFiles(program: Program, names: ModelNames, options: HeaderOptions): Map<string, string> {
  const role = identityRole(program, options);
  if (role === undefined) return new Map();
  return new Map([
    ['identity.h', writeIdentityHeader(program, names)],
    ['identity.c', writeIdentityModel(program, role, names, options)],
  ]);
}

/** Whether the network gives an embedding for three beats. */
function identityRole({ inputs, outputs }: Program, { metadata }: HeaderOptions): IdentityRole | undefined {
  const read = readMetadata(metadata);
  const [input, ...others] = inputs;
  const embedding = outputs.find(({ name }) => name === 'embedding');
  if (input === undefined || others.length > 0 || embedding === undefined) return undefined;
  return identityWindows(read, input.buffer.count) ? { input, embedding, metadata: read } : undefined;
}

/** Whether a model takes the windows that the firmware's signal path cuts. @param count of numbers that it takes */
export function identityWindows({ window, rate = WINDOW.rate }: ModelMetadata, count: number): boolean {
  if (window?.kind !== 'identity' || rate !== WINDOW.rate || count !== WINDOW.beats * 300) return false;
  return window.beats === WINDOW.beats && window.before === WINDOW.before && window.after === WINDOW.after;
}

function writeIdentityHeader({ inputs, outputs }: Program, { prefix, macro, parameters }: ModelNames): string {
  const fields = [...inputs, ...outputs].map(
    ({ buffer }) => `  ${buffer.type === 'int8' ? 'int8_t' : 'float'} ${parameters.get(buffer.name)}[${buffer.count}];`,
  );
  return `/* The network as the app of edgebeat/app/app.h takes it. */
#ifndef ${macro}_IDENTITY_H
#define ${macro}_IDENTITY_H

#include "edgebeat/app/identity-model.h"
#include "model.h"

/* What a run needs: the arena, and room for inputs and outputs. */
typedef struct {
  ${prefix}_memory memory;
${fields.join('\n')}
} ${prefix}_identity_memory;

/* Its embed wants an ${prefix}_identity_memory. */
extern const eb_identity_model ${prefix}_identity;

#endif
`;
}

function writeIdentityModel(
  program: Program,
  { input, embedding, metadata }: IdentityRole,
  names: ModelNames,
  { sha256 = '' }: HeaderOptions,
): string {
  const { prefix, macro, parameters } = names;
  const room = (buffer: ProgramInput['buffer']) => `room->${parameters.get(buffer.name)}`;
  const args = [...program.inputs, ...program.outputs].map(({ buffer }) => room(buffer));
  const { threshold, normalization } = identitySettings(metadata);
  const fields = [
    `.name = ${macro}_NAME`,
    `.sha256 = {${digestBytes(sha256).join(', ')}}`,
    `.normalization = ${normalization}`,
    `.embedding_length = ${embedding.buffer.count}`,
    ...(threshold === undefined
      ? []
      : [`.threshold = {EB_METRIC_COSINE, ${realLiteral(threshold.value)}}`, `.windows = ${threshold.windows}`]),
    `.memory_bytes = sizeof(${prefix}_identity_memory)`,
    `.memory_alignment = _Alignof(${prefix}_identity_memory)`,
    '.embed = embed',
  ];
  return `/* The network as the app of edgebeat/app/app.h takes it. */
#include "identity.h"

#include "edgebeat/kernels/quantize.h"

static void embed(void *memory, const float *window, float *embedding) {
  ${prefix}_identity_memory *const room = memory;
  ${prefix}_quantize_${parameters.get(input.buffer.name)}(window, ${room(input.buffer)});
  ${prefix}_run(&room->memory, ${args.join(', ')});
${giveEmbedding(embedding, room(embedding.buffer))}
}

const eb_identity_model ${prefix}_identity = {
${fields.map((field) => `    ${field},`).join('\n')}
};
`;
}

/** Lines that turn the output into real numbers. */
function giveEmbedding({ tensor, buffer }: ProgramOutput, output: string): string {
  if (tensor.dtype === 'float32') return `  for (int32_t i = 0; i < ${buffer.count}; i++) embedding[i] = ${output}[i];`;
  const { scales, zeroPoint } = tensor.quantization;
  const quantization = `{.scale = ${realLiteral(scales[0]!)}, .zero_point = ${zeroPoint}, .count = ${buffer.count}}`;
  return `  static const eb_quantization quantization = ${quantization};\n  eb_dequantize_s8(&quantization, ${output}, embedding);`;
}

/** What the app is told of a model: its constant for the normalization of windows, and the threshold of its cosine, if it has one. */
export function identitySettings({ thresholds, normalize = 'none' }: ModelMetadata): {
  readonly normalization: string;
  readonly threshold: { readonly value: number; readonly windows: number } | undefined;
} {
  const stated = thresholds?.find(({ metric }) => metric === 'cosine');
  return {
    normalization: `EB_NORMALIZE_${normalize.replace('-', '_').toUpperCase()}`,
    threshold: stated && { value: thresholdUpwards(stated.value), windows: stated.windows ?? 1 },
  };
}

/** 32 bytes; zeros where there is no digest. */
export function digestBytes(sha256: string): string[] {
  const digits = SHA256.test(sha256) ? sha256 : '0'.repeat(64);
  return Array.from({ length: 32 }, (_, i) => `0x${digits.slice(2 * i, 2 * i + 2)}`);
}

/** The float32 number at or next above a threshold: every float32 similarity is decided as by the number itself. */
function thresholdUpwards(value: number): number {
  const nearest = Math.fround(value);
  if (nearest >= value) return nearest;
  const bits = new Int32Array(Float32Array.of(nearest).buffer);
  bits[0] = bits[0]! + (nearest >= 0 ? 1 : -1);
  return new Float32Array(bits.buffer)[0]!;
}

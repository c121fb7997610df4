/** identity.h and identity.cc: the model as the firmware's app takes a network (firmware-templates/core/include/edgebeat/app). */
import { type ModelMetadata, readMetadata } from '@edgebeat/graph';
import { realLiteral, stringLiteral } from '../c/source/literals.js';
import { digestBytes, identitySettings, identityWindows } from '../c/source/write-identity-model.js';
import type { TfliteDescription } from '../tflite/describe-tflite.js';

const HEADER = `// The model as the app of edgebeat/app/app.h takes a network.
#ifndef EDGEBEAT_IDENTITY_H
#define EDGEBEAT_IDENTITY_H

#include "edgebeat/app/app.hpp"
#include "operators.h"

namespace edgebeat {

// The interpreter lives here from the first window on: nothing else may use it.
struct IdentityMemory {
  alignas(16) std::uint8_t arena[kArenaBytes];
};

// Its embed wants an IdentityMemory, always the same one.
extern const eb_identity_model identity;

}  // namespace edgebeat

#endif
`;

export interface IdentityOptions {
  /** Where metadata do not say. */
  readonly name: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly sha256: string;
}

/** @returns texts by their path; none for a model that the app has no use for. */
export function identityFiles(model: TfliteDescription, options: IdentityOptions): Map<string, string> {
  const metadata = readMetadata(options.metadata);
  const output = model.outputs.findIndex(({ name }) => name === 'embedding');
  const [input, ...others] = model.inputs;
  if (output < 0 || !input || others.length > 0) return new Map();
  const lengthOf = (tensor: number) => model.tensors[tensor]!.shape.reduce((product, size) => product * size, 1);
  if (!identityWindows(metadata, lengthOf(input.tensor))) return new Map();
  const length = lengthOf(model.outputs[output]!.tensor);
  return new Map([
    ['identity.h', HEADER],
    [
      'identity.cc',
      writeIdentity({ metadata, output, length, sha256: options.sha256, name: metadata.name ?? options.name }),
    ],
  ]);
}

interface Identity {
  readonly name: string;
  readonly metadata: ModelMetadata;
  readonly sha256: string;
  /** Index of the embedding among the outputs, and its length. */
  readonly output: number;
  readonly length: number;
}

function writeIdentity({ name, metadata, sha256, output, length }: Identity): string {
  const { threshold, normalization } = identitySettings(metadata);
  const value = threshold === undefined ? '0.0f' : realLiteral(threshold.value);
  return `#include "identity.h"

#include <algorithm>
#include <optional>

#include "model_data.h"
#include "network.h"

namespace edgebeat {

namespace {

constexpr std::size_t kEmbedding = ${output};
constexpr std::int32_t kEmbeddingLength = ${length};

Network *NetworkIn(std::uint8_t *arena) {
  static Operators operators;
  static const bool has_operators = AddOperators(operators);
  static std::optional<Network> network;
  if (!network && has_operators) network.emplace(kModel, operators, arena, kArenaBytes);
  return network && network->IsReady() ? &*network : nullptr;
}

// An embedding of zeros has no direction: the app takes it for a window that nothing can be said of.
void Embed(void *memory, const float *window, float *embedding) {
  Network *const network = NetworkIn(static_cast<IdentityMemory *>(memory)->arena);
  if (network == nullptr || !network->Run(window, kEmbedding, embedding)) {
    std::fill_n(embedding, kEmbeddingLength, 0.0f);
  }
}

}  // namespace

const eb_identity_model identity = {
    ${stringLiteral(name)},
    {${digestBytes(sha256).join(', ')}},
    ${normalization},
    kEmbeddingLength,
    {EB_METRIC_COSINE, ${value}},
    ${threshold?.windows ?? 0},
    sizeof(IdentityMemory),
    alignof(IdentityMemory),
    Embed,
};

}  // namespace edgebeat
`;
}

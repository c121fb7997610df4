/*
 * What the app asks of a network that tells people apart. `edgebeat export --to c` writes one (identity.h, identity.c) beside a
 * model with identity windows and an output `embedding`.
 */
#ifndef EDGEBEAT_APP_IDENTITY_MODEL_H
#define EDGEBEAT_APP_IDENTITY_MODEL_H

#include <stdint.h>

#include "edgebeat/metric.h"
#include "edgebeat/normalize.h"

#define EB_SHA256_BYTES 32

typedef struct {
  const char *name;
  /* Of the ONNX file that the network was made from: templates of different models do not compare. */
  uint8_t sha256[EB_SHA256_BYTES];
  /* How each beat of a window is scaled. */
  eb_normalization normalization;
  /* Numbers of an embedding, 1 to EB_EMBEDDING_LENGTH. */
  int32_t embedding_length;
  /* The model's own threshold, and the windows averaged for an answer there; 0 windows where the model states none. */
  eb_threshold threshold;
  int32_t windows;
  /* Working memory of a run, which whoever runs the model brings. */
  uint32_t memory_bytes;
  uint32_t memory_alignment;
  /*
   * memory: memory_bytes of it; what it holds between runs does not matter. window: row-major [3, 300], normalised.
   * embedding: receives embedding_length numbers.
   */
  void (*embed)(void *memory, const float *window, float *embedding);
} eb_identity_model;

#endif

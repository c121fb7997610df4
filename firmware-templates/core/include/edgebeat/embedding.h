/* Embeddings on the unit sphere, and the mean of several. Twin of packages/identity/src/embedding.ts. */
#ifndef EDGEBEAT_EMBEDDING_H
#define EDGEBEAT_EMBEDDING_H

#include <stdbool.h>
#include <stdint.h>

/* Longest embedding. */
#ifndef EB_EMBEDDING_LENGTH
#define EB_EMBEDDING_LENGTH 256
#endif

/* Sum of embeddings, each brought to unit length. */
typedef struct {
  float sum[EB_EMBEDDING_LENGTH];
  int32_t length;
  /* Embeddings added. */
  int32_t count;
} eb_mean_direction;

/*
 * Divides an embedding by its Euclidean norm. unit: receives `length` numbers; may be the embedding itself.
 * Returns false, and gives nothing, for a number that is not finite or a norm that is zero or overflows float32.
 */
bool eb_normalise(const float *embedding, float *unit, int32_t length);

/* length: of each embedding, 1 to EB_EMBEDDING_LENGTH. Returns false for others. */
bool eb_mean_direction_init(eb_mean_direction *state, int32_t length);

/* Adds the embedding of one window. Returns false, and adds nothing, where eb_normalise does. */
bool eb_mean_direction_add(eb_mean_direction *state, const float *embedding);

/* unit: receives the mean, of norm 1. Returns false where nothing was added, or embeddings cancel out. */
bool eb_mean_direction_get(const eb_mean_direction *state, float *unit);

#endif

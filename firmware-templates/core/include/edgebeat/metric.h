/* How two embeddings of unit length are compared. Twin of packages/identity/src/metric.ts. */
#ifndef EDGEBEAT_METRIC_H
#define EDGEBEAT_METRIC_H

#include <stdbool.h>
#include <stdint.h>

/* Cosine: similarity, larger is more alike. Euclidean: distance, smaller is more alike. */
typedef enum { EB_METRIC_COSINE, EB_METRIC_EUCLIDEAN } eb_metric;

typedef struct {
  eb_metric metric;
  /*
   * Lowest similarity or largest distance that is accepted. A threshold that is no float32 number must be rounded up (cosine) or
   * down (euclidean): then every decision is that of the number itself.
   */
  float value;
} eb_threshold;

/* Dot product of two unit vectors. */
float eb_cosine_similarity(const float *a, const float *b, int32_t length);

/* Euclidean distance of two unit vectors, 0 to 2. */
float eb_euclidean_distance(const float *a, const float *b, int32_t length);

/* Value of the metric for two unit vectors. */
float eb_compare(eb_metric metric, const float *a, const float *b, int32_t length);

/* Whether a value is as good as the threshold, or better. */
bool eb_accepts(const eb_threshold *threshold, float value);

#endif

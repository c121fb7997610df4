/* How two embeddings of unit length are compared, and which side of a threshold accepts. */
#include "edgebeat/metric.h"

#include "edgebeat/float32.h"

float eb_cosine_similarity(const float *a, const float *b, int32_t length) {
  float sum = 0.0f;
  for (int32_t i = 0; i < length; i++) sum = sum + a[i] * b[i];
  return sum;
}

float eb_euclidean_distance(const float *a, const float *b, int32_t length) {
  float sum = 0.0f;
  for (int32_t i = 0; i < length; i++) {
    const float difference = a[i] - b[i];
    sum = sum + difference * difference;
  }
  return eb_sqrt(sum);
}

float eb_compare(eb_metric metric, const float *a, const float *b, int32_t length) {
  return metric == EB_METRIC_COSINE ? eb_cosine_similarity(a, b, length) : eb_euclidean_distance(a, b, length);
}

bool eb_accepts(const eb_threshold *threshold, float value) {
  return threshold->metric == EB_METRIC_COSINE ? value >= threshold->value : value <= threshold->value;
}

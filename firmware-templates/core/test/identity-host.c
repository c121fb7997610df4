/*
 * Enrols and verifies: `identity-host INPUT OUTPUT`.
 *
 * INPUT, for each case: length of the embeddings, enrolment windows, probes, metric (0 cosine, 1 euclidean), threshold
 * (float32), then the embeddings, all in words.
 * OUTPUT: how many enrolment windows were usable and whether there is a template (0, 1); if so the template in bytes, how many
 * probes were usable and whether there is a decision; if so accepted, value, windows.
 */
#include "edgebeat/verification.h"
#include "words.h"

/* Adds `count` embeddings from the input. Returns how many were usable. */
static uint32_t pool(FILE *input, eb_mean_direction *windows, uint32_t length, uint32_t count) {
  float embedding[EB_EMBEDDING_LENGTH];
  uint32_t usable = 0;
  if (!eb_mean_direction_init(windows, (int32_t)length)) fail("no such length");
  for (uint32_t i = 0; i < count; i++) {
    get_words(input, embedding, length);
    if (eb_mean_direction_add(windows, embedding)) usable++;
  }
  return usable;
}

int main(int count, char **arguments) {
  static eb_mean_direction windows;
  static eb_template enrolled;
  static eb_template restored;
  static uint8_t bytes[4 * EB_EMBEDDING_LENGTH];
  uint32_t header[4];
  if (count != 3) fail("usage: identity-host INPUT OUTPUT");
  FILE *input = open_file(arguments[1], "rb");
  FILE *output = open_file(arguments[2], "wb");
  while (fread(header, 4, 4, input) == 4) {
    eb_threshold threshold = {header[3] == 0 ? EB_METRIC_COSINE : EB_METRIC_EUCLIDEAN, 0.0f};
    get_words(input, &threshold.value, 1);
    const uint32_t length = header[0];
    put_word(output, pool(input, &windows, length, header[1]));
    const bool has_template = eb_enrol(&windows, &enrolled);
    put_word(output, has_template);
    const uint32_t usable = pool(input, &windows, length, header[2]);
    if (!has_template) continue;
    eb_template_write(&enrolled, bytes);
    put_bytes(output, bytes, 4 * length);
    if (!eb_template_read(bytes, 4 * length, enrolled.count, &restored)) fail("a template cannot be read again");
    eb_verification decision;
    const bool decided = eb_verify(&restored, &windows, &threshold, &decision);
    put_word(output, usable);
    put_word(output, decided);
    if (!decided) continue;
    put_word(output, decision.accepted);
    put_words(output, &decision.value, 1);
    put_word(output, (uint32_t)decision.windows);
  }
  if (fclose(output) != 0) fail("the output cannot be written");
  fclose(input);
  return 0;
}

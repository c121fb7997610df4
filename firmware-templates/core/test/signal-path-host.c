/*
 * Runs streams through the signal path on the computer it was compiled for: `signal-path-host INPUT OUTPUT`.
 *
 * INPUT holds streams one after the other, each ten little-endian words and its samples, padded to a whole word:
 *   rate (mHz), normalisation (0 none, 1 min-max, 2 z-score), stride of identity windows (0: none),
 *   length of activity windows (0: none), their hop, seed of the chunk lengths (0: long chunks),
 *   encoding (0: float32, mV; 1: int16), scale (nV per step of int16), sample count, flush at the end (0, 1)
 * OUTPUT gets one entry per result, in the order of their coming, in words (float32 as its bits):
 *   1 beat: R peak, reported at, RR, quality            2 identity window: 3 R peaks, quality, 900 samples
 *   3 activity window: end, length, its samples         4 quality: end, sqi, reasons
 *   5 end of a stream: samples at 250 Hz
 */
#include "edgebeat/signal-path.h"
#include "words.h"

#define LONGEST_CHUNK 4096

enum { RATE, NORMALIZATION, STRIDE, ACTIVITY_LENGTH, ACTIVITY_HOP, SEED, ENCODING, SCALE, COUNT, FLUSH, HEADER_WORDS };

static eb_signal_path path;
static eb_identity_windows identity;
static eb_activity_windows activity;

static void on_beat(void *output, const eb_beat *beat) {
  put_word(output, 1);
  put_word(output, (uint32_t)beat->r_peak);
  put_word(output, (uint32_t)beat->reported_at);
  put_word(output, (uint32_t)beat->rr);
  put_words(output, &beat->quality, 1);
}

static void on_identity_window(void *output, const eb_identity_window *window) {
  put_word(output, 2);
  put_words(output, window->r_peaks, EB_BEATS_PER_WINDOW);
  put_words(output, &window->quality, 1);
  put_words(output, window->samples, EB_IDENTITY_WINDOW_LENGTH);
}

static void on_activity_window(void *output, const eb_activity_window *window) {
  put_word(output, 3);
  put_word(output, (uint32_t)window->end);
  put_word(output, (uint32_t)window->length);
  put_words(output, window->samples, (size_t)window->length);
}

static void on_quality(void *output, const eb_signal_quality *quality) {
  put_word(output, 4);
  put_word(output, (uint32_t)quality->end);
  put_words(output, &quality->sqi, 1);
  put_words(output, &quality->reasons, 1);
}

static void begin(const uint32_t *header, FILE *output) {
  const eb_signal_path_sink sink = {output, on_beat, on_identity_window, on_activity_window, on_quality};
  const int wants_identity = header[STRIDE] != 0;
  const int wants_activity = header[ACTIVITY_LENGTH] != 0;
  if (header[NORMALIZATION] > 2) fail("no such normalisation");
  if (wants_identity)
    eb_identity_windows_init(&identity, (eb_normalization)header[NORMALIZATION], (int32_t)header[STRIDE]);
  if (wants_activity &&
      !eb_activity_windows_init(&activity, (int32_t)header[ACTIVITY_LENGTH], (int32_t)header[ACTIVITY_HOP]))
    fail("no such activity windows");
  if (!eb_signal_path_init(&path, header[RATE], wants_identity ? &identity : NULL,
                           wants_activity ? &activity : NULL, &sink))
    fail("no such rate");
}

/* Lengths from 1 to 997 by chance, or the longest ones. */
static size_t chunk_length(uint32_t *state, size_t left) {
  size_t length = LONGEST_CHUNK;
  if (*state != 0) {
    *state = *state * 1664525U + 1013904223U;
    length = 1 + (*state >> 8) % 997;
  }
  return length < left ? length : left;
}

static void read_chunk(FILE *input, const uint32_t *header, float *samples, size_t count) {
  static int16_t steps[LONGEST_CHUNK];
  if (header[ENCODING] == 0) {
    get_words(input, samples, count);
    return;
  }
  if (fread(steps, 2, count, input) != count) fail("the input ends too early");
  const float millivolts_per_step = (float)header[SCALE] / 1e6f;
  for (size_t i = 0; i < count; i++) samples[i] = (float)steps[i] * millivolts_per_step;
}

int main(int count, char **arguments) {
  static float samples[LONGEST_CHUNK];
  uint32_t header[HEADER_WORDS];
  if (count != 3) fail("usage: signal-path-host INPUT OUTPUT");
  FILE *input = open_file(arguments[1], "rb");
  FILE *output = open_file(arguments[2], "wb");
  while (fread(header, 4, HEADER_WORDS, input) == HEADER_WORDS) {
    begin(header, output);
    uint32_t seed = header[SEED];
    for (size_t left = header[COUNT]; left > 0;) {
      const size_t length = chunk_length(&seed, left);
      read_chunk(input, header, samples, length);
      eb_signal_path_update_all(&path, samples, length);
      left -= length;
    }
    if (header[ENCODING] == 1 && header[COUNT] % 2 == 1) (void)fgetc(input), (void)fgetc(input);
    if (header[FLUSH] != 0) eb_signal_path_flush(&path);
    put_word(output, 5);
    put_word(output, (uint32_t)path.count);
  }
  if (fclose(output) != 0) fail("the output cannot be written");
  fclose(input);
  return 0;
}

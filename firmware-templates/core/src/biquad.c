/* Second-order filter sections in float32, transposed direct form II. */
#include "edgebeat/biquad.h"

#include "edgebeat/float32.h"

void eb_biquad_init(eb_biquad *state) {
  state->z1 = 0.0f;
  state->z2 = 0.0f;
  state->settled = false;
}

float eb_biquad_update(eb_biquad *state, const eb_biquad_coefficients *c, float sample) {
  if (!state->settled) {
    state->settled = true;
    const float y = c->gain_at_zero * sample;
    state->z2 = c->b2 * sample - c->a2 * y;
    state->z1 = (c->b1 * sample - c->a1 * y) + state->z2;
    return y;
  }
  const float y = c->b0 * sample + state->z1;
  state->z1 = (c->b1 * sample - c->a1 * y) + state->z2;
  state->z2 = c->b2 * sample - c->a2 * y;
  return y;
}

/*
 * The arithmetic contract of everything here: IEEE 754 float32, one rounding per operation, operations in the order written.
 * Compile with -ffp-contract=off and -fno-math-errno, never with -ffast-math; then every target gives the bits of packages/ecg.
 */
#ifndef EDGEBEAT_FLOAT32_H
#define EDGEBEAT_FLOAT32_H

#include <float.h>

#ifdef __FAST_MATH__
#error "edgebeat needs IEEE 754 arithmetic: compile without -ffast-math"
#endif

_Static_assert(FLT_EVAL_METHOD == 0, "float expressions must be evaluated in float");
_Static_assert(FLT_RADIX == 2 && FLT_MANT_DIG == 24, "float must be IEEE 754 binary32");

/* Correctly rounded, by IEEE 754; an instruction (no call) where the target has one. */
static inline float eb_sqrt(float value) { return __builtin_sqrtf(value); }

static inline float eb_abs(float value) { return __builtin_fabsf(value); }

/* The larger one; for values that are numbers, and +0 where a is +0 and b is -0. */
static inline float eb_max(float a, float b) { return b > a ? b : a; }

/* The smaller one. */
static inline float eb_min(float a, float b) { return b < a ? b : a; }

#endif

/* Stub of Zephyr's random numbers: always the same one. */
#ifndef STUB_ZEPHYR_RANDOM_H
#define STUB_ZEPHYR_RANDOM_H

#include <stdint.h>

static inline uint32_t sys_rand32_get(void) { return 4U; }

#endif

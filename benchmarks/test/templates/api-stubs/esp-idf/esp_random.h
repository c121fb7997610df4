/* Stub of ESP-IDF's random numbers: always the same one. */
#pragma once
#include <stdint.h>
static inline uint32_t esp_random(void) { return 4U; }

/* CRC-32: reflected polynomial 0xEDB88320, start and final XOR all ones. */
#include "edgebeat/crc32.h"

uint32_t eb_crc32(const uint8_t *bytes, size_t length) {
  uint32_t remainder = 0xFFFFFFFFU;
  for (size_t i = 0; i < length; i++) {
    remainder ^= bytes[i];
    /* Bit by bit: a frame has some hundred bytes, a table would take 1 kB. */
    for (int bit = 0; bit < 8; bit++) remainder = (remainder & 1U) != 0U ? (remainder >> 1) ^ 0xEDB88320U : remainder >> 1;
  }
  return ~remainder;
}

/* CRC-32 as IEEE 802.3 has it. Twin of packages/wire/src/frame/crc32.ts. */
#ifndef EDGEBEAT_CRC32_H
#define EDGEBEAT_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of `length` bytes; "123456789" in ASCII gives 0xCBF43926. */
uint32_t eb_crc32(const uint8_t *bytes, size_t length);

#endif

/** CRC-32 as IEEE 802.3 has it: reflected polynomial 0xEDB88320, start and final XOR all ones. */

const table = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  table[byte] = remainder;
}

/**
 * @param bytes any bytes; `123456789` in ASCII gives 0xCBF43926.
 * @param end how many of them count, from the first on; all where not given.
 * @returns the checksum, 0 … 2³²−1.
 */
export function crc32(bytes: Uint8Array, end = bytes.length): number {
  let remainder = 0xffffffff;
  for (let i = 0; i < end; i++) remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[i]!) & 0xff]!;
  return ~remainder >>> 0;
}

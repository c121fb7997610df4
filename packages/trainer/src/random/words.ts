/** Where the words of a generator come from: a hash from four words and a text to four words. */

/** Four words from π, e, √2 and √3: any numbers would do, these hide nothing. */
export const origin: readonly number[] = [0x243f6a88, 0xb7e15162, 0x6a09e667, 0xbb67ae85];

/**
 * Every character of the text goes into every word, then every word into every other. Close texts ("7", "8", "17") give
 * words that have nothing in common.
 * @returns four u32, never all zero, a state that the generator could not leave.
 */
export function hashWords(start: ArrayLike<number>, text: string): Uint32Array {
  const words = Uint32Array.from(start);
  for (let i = 0; i < text.length; i++) {
    for (let w = 0; w < 4; w++) words[w] = scramble(words[w]! + Math.imul(text.charCodeAt(i) + 1, 0x9e3779b1) + w);
  }
  for (let round = 0; round < 2; round++) {
    for (let w = 0; w < 4; w++) words[w] = scramble(words[w]! ^ words[(w + 3) % 4]!) + text.length;
  }
  if (words.every((word) => word === 0)) words[0] = 1;
  return words;
}

/** The finaliser of MurmurHash3: a permutation of the 32-bit words in which every input bit reaches every output bit. */
function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The exponentials of Softmax. */

/**
 * round(65536 · e^(−scale · k)) for k = 0…255, where k is how far a code lies below the greatest of its row. uint32, 65536 at most.
 *
 * @param scale of Softmax's input
 */
export function exponentialTable(scale: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, k) => Math.round(65536 * Math.exp(-scale * k)));
}

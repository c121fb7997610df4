/** Shapes as people write them. */
export function dimensions(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

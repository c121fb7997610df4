/** Lowest and highest value that a parameter is drawn from. */
export type Range = readonly [low: number, high: number];

/** Pieces of memory that the generated code works on. */

export type ElementType = 'int8' | 'float32';

/** Where a buffer lies: in the caller's memory, in flash, or in the arena. */
export type Place = 'input' | 'constant' | 'arena';

export interface Buffer {
  /** Unique; a C identifier for inputs and constants. */
  readonly name: string;
  readonly type: ElementType;
  /** Elements. */
  readonly count: number;
  readonly place: Place;
}

export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = { int8: 1, float32: 4 };
export const C_TYPES: Readonly<Record<ElementType, string>> = { int8: 'int8_t', float32: 'float' };

/** Values as a builder hands them out. */
import type { DataType } from '../data-type.js';
import type { Shape, TensorType } from '../model.js';

/** An input, constant or node output of the graph under construction. */
export class Value implements TensorType {
  readonly dtype: DataType;
  readonly shape: Shape;
  #name: string;

  constructor(name: string, type: TensorType) {
    this.#name = name;
    this.dtype = type.dtype;
    this.shape = type.shape;
  }

  /** Its name in the graph; becomes that of the graph output when the value is made one. */
  get name(): string {
    return this.#name;
  }

  /** For the builder alone. */
  rename(name: string): void {
    this.#name = name;
  }
}

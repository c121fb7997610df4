/**
 * By which factors the channels of a value were scaled, if they were: cross-layer equalization (Nagel et al. 2019) multiplies a
 * channel by a number and divides what reads it by the same one. The value then means other numbers in the int8 graph than in the
 * float network, and has to be compared with those of the float network, scaled alike.
 */

/** Factors along a dimension. */
export interface ChannelFactors {
  readonly axis: number;
  readonly factors: Float32Array;
}

/** The most of an int8 value's power that the float network's value, scaled, may leave unexplained. */
const MOST_LEFT = 0.1;
/** The least difference, as a share of the signal's power, that scaling makes: rounding makes less, unless it is very coarse. */
const LEAST_DIFFERENCE = 0.05;

/** Sums over the elements of each channel, a dimension being taken for that of the channels. */
interface ChannelSums {
  readonly axis: number;
  readonly squares: Float64Array;
  readonly products: Float64Array;
  readonly othersSquares: Float64Array;
}

export class ChannelFit {
  readonly #shape: readonly number[];
  readonly #sums: readonly ChannelSums[];
  #difference = 0;

  /** @param shape of one window's value, with the batch of 1; channels are sought in its second and its last dimension. */
  constructor(shape: readonly number[]) {
    this.#shape = shape;
    const axes = [...new Set([1, shape.length - 1])].filter((axis) => axis > 0 && axis < shape.length);
    this.#sums = axes.map((axis) => {
      const sums = () => new Float64Array(shape[axis]!);
      return { axis, squares: sums(), products: sums(), othersSquares: sums() };
    });
  }

  /** @param float and int8 elements of any number of windows. */
  add(float: Float32Array, int8: Float32Array): void {
    for (let i = 0; i < float.length; i++) this.#difference += (float[i]! - int8[i]!) ** 2;
    for (const { axis, squares, products, othersSquares } of this.#sums) {
      const inner = this.#shape.slice(axis + 1).reduce((product, size) => product * size, 1);
      const channels = this.#shape[axis]!;
      for (let i = 0; i < float.length; i++) {
        const channel = Math.floor(i / inner) % channels;
        const [a, b] = [float[i]!, int8[i]!];
        squares[channel]! += a * a;
        products[channel]! += a * b;
        othersSquares[channel]! += b * b;
      }
    }
  }

  /** By least squares; undefined unless both differ much, and hardly at all once the channels are scaled. */
  factors(): ChannelFactors | undefined {
    const [best] = this.#sums.map((sums) => ({ ...sums, left: leftOf(sums) })).sort((a, b) => a.left - b.left);
    if (!best || best.left > MOST_LEFT * total(best.othersSquares)) return undefined;
    const { axis, squares, products } = best;
    if (this.#difference < LEAST_DIFFERENCE * total(squares)) return undefined;
    return { axis, factors: Float32Array.from(squares, (square, i) => (square === 0 ? 1 : products[i]! / square)) };
  }
}

const total = (sums: Float64Array) => sums.reduce((sum, one) => sum + one, 0);

function leftOf({ squares, products, othersSquares }: ChannelSums): number {
  return squares.reduce(
    (left, square, i) => left + othersSquares[i]! - (square === 0 ? 0 : products[i]! ** 2 / square),
    0,
  );
}

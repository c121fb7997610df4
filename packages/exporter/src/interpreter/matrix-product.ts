/** The product that Conv, Gemm and MatMul come down to: rows of codes times rows of codes. */

// Taken out once: where tests run, each look at a global costs as much as many products.
const { imul } = Math;

/** Rows of equal length, one after the other. */
export interface Rows {
  readonly codes: Int8Array;
  /** Of the first row. */
  readonly start: number;
  readonly count: number;
}

/**
 * `products[start + i · b.count + j]` = Σ over k of a[i][k] · b[j][k]. No zero points; sums are int32, so that their terms have to
 * stay within it (see `accumulator-bound.ts`).
 *
 * @param depth length of the rows
 */
export function multiplyRows(a: Rows, b: Rows, depth: number, products: Int32Array, start: number): void {
  const width = b.count;
  // Two rows by four: each code that is read serves several products.
  const evenHeight = a.count - (a.count % 2);
  const evenWidth = width - (width % 4);
  for (let i = 0; i < evenHeight; i += 2) {
    for (let j = 0; j < evenWidth; j += 4) {
      multiplyBlock(
        a.codes,
        a.start + i * depth,
        b.codes,
        b.start + j * depth,
        depth,
        products,
        start + i * width + j,
        width,
      );
    }
  }
  for (let i = 0; i < a.count; i++) {
    for (let j = i < evenHeight ? evenWidth : 0; j < width; j++) {
      products[start + i * width + j] = multiplyRow(a.codes, a.start + i * depth, b.codes, b.start + j * depth, depth);
    }
  }
}

function multiplyRow(a: Int8Array, aStart: number, b: Int8Array, bStart: number, depth: number): number {
  let sum = 0;
  for (let k = 0; k < depth; k++) sum = (sum + imul(a[aStart + k]!, b[bStart + k]!)) | 0;
  return sum;
}

/** Two rows of a, four of b. */
function multiplyBlock(
  a: Int8Array,
  a0: number,
  b: Int8Array,
  b0: number,
  depth: number,
  products: Int32Array,
  start: number,
  width: number,
): void {
  const a1 = a0 + depth;
  const b1 = b0 + depth;
  const b2 = b1 + depth;
  const b3 = b2 + depth;
  let sum00 = 0;
  let sum01 = 0;
  let sum02 = 0;
  let sum03 = 0;
  let sum10 = 0;
  let sum11 = 0;
  let sum12 = 0;
  let sum13 = 0;
  for (let k = 0; k < depth; k++) {
    const x0 = a[a0 + k]!;
    const x1 = a[a1 + k]!;
    const y0 = b[b0 + k]!;
    const y1 = b[b1 + k]!;
    const y2 = b[b2 + k]!;
    const y3 = b[b3 + k]!;
    sum00 = (sum00 + imul(x0, y0)) | 0;
    sum01 = (sum01 + imul(x0, y1)) | 0;
    sum02 = (sum02 + imul(x0, y2)) | 0;
    sum03 = (sum03 + imul(x0, y3)) | 0;
    sum10 = (sum10 + imul(x1, y0)) | 0;
    sum11 = (sum11 + imul(x1, y1)) | 0;
    sum12 = (sum12 + imul(x1, y2)) | 0;
    sum13 = (sum13 + imul(x1, y3)) | 0;
  }
  products[start] = sum00;
  products[start + 1] = sum01;
  products[start + 2] = sum02;
  products[start + 3] = sum03;
  products[start + width] = sum10;
  products[start + width + 1] = sum11;
  products[start + width + 2] = sum12;
  products[start + width + 3] = sum13;
}

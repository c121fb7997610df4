/** Element types of tensors: their names here, their codes in ONNX, and the typed array that holds each. */

/** The typed array behind each element type. */
export interface ElementArrays {
  float32: Float32Array;
  uint8: Uint8Array;
  int8: Int8Array;
  uint16: Uint16Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  /** 0 or 1 a byte. */
  bool: Uint8Array;
  /** IEEE 754 binary16, as bit patterns. */
  float16: Uint16Array;
  float64: Float64Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  /** The upper half of a float32, as bit patterns. */
  bfloat16: Uint16Array;
}

/** Element type of a tensor. Strings, complex numbers and types below 8 bits are outside the supported subset. */
export type DataType = keyof ElementArrays;

/** The typed array that holds elements of type `D`. */
export type TensorData<D extends DataType = DataType> = ElementArrays[D];

type ArrayConstructor<D extends DataType> = {
  new (length: number): TensorData<D>;
  new (buffer: ArrayBuffer): TensorData<D>;
  readonly BYTES_PER_ELEMENT: number;
};

const constructors: { readonly [D in DataType]: ArrayConstructor<D> } = {
  float32: Float32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  float16: Uint16Array,
  float64: Float64Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bfloat16: Uint16Array,
};

/** The codes of `TensorProto.DataType`. */
const codes: Readonly<Record<DataType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
};

const byCode = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DataType]));

/** The constructor of the typed array for `dtype`. */
export function arrayOf<D extends DataType>(dtype: D): ArrayConstructor<D> {
  return constructors[dtype];
}

/** The code of `dtype` in `TensorProto.DataType`. */
export function dataTypeCode(dtype: DataType): number {
  return codes[dtype];
}

/** The element type behind a `TensorProto.DataType` code, or undefined for one outside the supported subset. */
export function dataTypeOfCode(code: number): DataType | undefined {
  return byCode.get(code);
}

export const dataTypes: readonly DataType[] = Object.keys(codes) as DataType[];

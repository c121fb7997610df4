/** TensorType of the schema. */
export const DATA_TYPES = { float32: 0, int32: 2, int8: 9 } as const;

export type TfliteDataType = keyof typeof DATA_TYPES;

/** @returns undefined for types that no int8 network of ours has. */
export function dataTypeOf(code: number): TfliteDataType | undefined {
  return (Object.keys(DATA_TYPES) as TfliteDataType[]).find((name) => DATA_TYPES[name] === code);
}

/** Nodes of a TensorFlow graph as the JSON of a TensorFlow.js graph model writes them (protobuf's JSON mapping of GraphDef). */

/** Element types that TensorFlow.js computes with. */
export type TfType = 'float32' | 'int32' | 'bool';

/** The name that TensorFlow gives an element type. */
export const tfTypeNames: Readonly<Record<TfType, string>> = {
  float32: 'DT_FLOAT',
  int32: 'DT_INT32',
  bool: 'DT_BOOL',
};

/** Sizes as protobuf's JSON has int64: text; −1 stands for any size. */
export interface TensorShapeProto {
  readonly dim: readonly { readonly size: string }[];
}

/** One attribute of a node; strings are base64, whole numbers text. */
export type AttrValue =
  | { readonly type: string }
  | { readonly s: string }
  | { readonly i: string }
  | { readonly b: boolean }
  | { readonly shape: TensorShapeProto }
  | { readonly list: { readonly i: readonly string[] } | { readonly s: readonly string[] } };

export type Attrs = Readonly<Record<string, AttrValue>>;

export interface NodeDef {
  readonly name: string;
  /** Name of the TensorFlow operator. */
  readonly op: string;
  /** Names of nodes, with `:1` and so on behind them for outputs other than the first. */
  readonly input?: readonly string[];
  readonly attr: Attrs;
}

export function typeAttr(dtype: TfType): AttrValue {
  return { type: tfTypeNames[dtype] };
}

export function textAttr(text: string): AttrValue {
  return { s: base64(text) };
}

export function textsAttr(texts: readonly string[]): AttrValue {
  return { list: { s: texts.map(base64) } };
}

export function integerAttr(value: number): AttrValue {
  return { i: String(value) };
}

export function integersAttr(values: readonly number[]): AttrValue {
  return { list: { i: values.map(String) } };
}

export function flagAttr(value: boolean): AttrValue {
  return { b: value };
}

export function shapeAttr(shape: readonly number[]): AttrValue {
  return { shape: shapeProto(shape) };
}

export function shapeProto(shape: readonly number[]): TensorShapeProto {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

/** Of ASCII text. */
function base64(text: string): string {
  return btoa(text);
}

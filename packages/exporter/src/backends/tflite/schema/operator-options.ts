/**
 * BuiltinOptions of the schema: what operators are told beside their inputs. Operators whose table has no fields (RESHAPE,
 * TRANSPOSE, QUANTIZE, …) are written without one.
 */
import type { Field, Fields } from './table.js';

export const PADDING = { SAME: 0, VALID: 1 } as const;
export const ACTIVATION = { NONE: 0, RELU: 1, RELU_N1_TO_1: 2, RELU6: 3 } as const;

export type Padding = keyof typeof PADDING;
export type Activation = keyof typeof ACTIVATION;

const byte = (slot: number): Field => ({ slot, kind: 'byte' });
const int32 = (slot: number, missing = 0): Field => ({ slot, kind: 'int32', default: missing });
const float32 = (slot: number): Field => ({ slot, kind: 'float32' });

export interface OptionsTable {
  /** Of the union BuiltinOptions. */
  readonly union: number;
  readonly fields: Fields;
}

export const OPTIONS = {
  Conv2D: {
    union: 1,
    fields: {
      padding: byte(0),
      strideW: int32(1),
      strideH: int32(2),
      activation: byte(3),
      dilationW: int32(4, 1),
      dilationH: int32(5, 1),
    },
  },
  DepthwiseConv2D: {
    union: 2,
    fields: {
      padding: byte(0),
      strideW: int32(1),
      strideH: int32(2),
      depthMultiplier: int32(3),
      activation: byte(4),
      dilationW: int32(5, 1),
      dilationH: int32(6, 1),
    },
  },
  Pool2D: {
    union: 5,
    fields: {
      padding: byte(0),
      strideW: int32(1),
      strideH: int32(2),
      filterW: int32(3),
      filterH: int32(4),
      activation: byte(5),
    },
  },
  Softmax: { union: 9, fields: { beta: float32(0) } },
  Concatenation: { union: 10, fields: { axis: int32(0), activation: byte(1) } },
  Add: { union: 11, fields: { activation: byte(0) } },
  L2Norm: { union: 12, fields: { activation: byte(0) } },
  Mul: { union: 21, fields: { activation: byte(0) } },
  Gather: { union: 23, fields: { axis: int32(0) } },
  Reducer: { union: 27, fields: { keepDims: byte(0) } },
  Sub: { union: 28, fields: { activation: byte(0) } },
  Div: { union: 29, fields: { activation: byte(0) } },
  StridedSlice: { union: 32, fields: { beginMask: int32(0), endMask: int32(1) } },
  Cast: { union: 37, fields: { from: byte(0), to: byte(1) } },
  BatchMatMul: { union: 101, fields: { adjointX: byte(0), adjointY: byte(1) } },
} as const satisfies Readonly<Record<string, OptionsTable>>;

export type OptionsName = keyof typeof OPTIONS;

/** Options by the name of their table, with the numbers of its fields. */
export type BuiltinOptions = {
  [K in OptionsName]: { readonly table: K } & { readonly [F in keyof (typeof OPTIONS)[K]['fields']]?: number };
}[OptionsName];

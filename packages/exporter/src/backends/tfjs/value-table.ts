/**
 * Where the values of an ONNX graph stand in the TensorFlow graph.
 *
 * Convolutions and pooling of TensorFlow.js want images, channels last: [N, H, W, C], and [N, 1, L, C] for ONNX's [N, C, L]. A
 * value may be there as ONNX lays it out (plain), as an image, or as both; whoever asks for the form that is missing has it made,
 * once. So chains of convolutions, activations and sums are transposed at their ends only.
 */
import { elementCount, type Shape, type Tensor, type TensorType } from '@edgebeat/graph';
import { ExportError } from '../../export-error.js';
import type { GraphWriter, Weight } from './graph-writer.js';
import type { TfType } from './node-def.js';
import { transposed } from './transposed.js';

interface Forms {
  plain?: string;
  image?: string;
}

export class ValueTable {
  readonly #writer: GraphWriter;
  readonly #types: ReadonlyMap<string, TensorType>;
  readonly #constants: ReadonlyMap<string, Tensor>;
  readonly #forms = new Map<string, Forms>();

  /** @param constants initializers by name; they are written where somebody asks for them */
  constructor(writer: GraphWriter, types: ReadonlyMap<string, TensorType>, constants: ReadonlyMap<string, Tensor>) {
    this.#writer = writer;
    this.#types = types;
    this.#constants = constants;
  }

  type(value: string): TensorType {
    return this.#types.get(value)!;
  }

  constant(value: string): Tensor | undefined {
    return this.#constants.get(value);
  }

  setPlain(value: string, tensor: string): void {
    this.#formsOf(value).plain = tensor;
  }

  setImage(value: string, tensor: string): void {
    this.#formsOf(value).image = tensor;
  }

  /** Whether the value is there as an image and in no other form. */
  isImageOnly(value: string): boolean {
    const { plain, image } = this.#formsOf(value);
    return image !== undefined && plain === undefined;
  }

  /** The tensor that holds the value as ONNX lays it out. */
  plain(value: string): string {
    const forms = this.#formsOf(value);
    forms.plain ??= this.#constants.has(value) ? this.#writeConstant(value) : this.#plainOf(value, forms.image!);
    return forms.plain;
  }

  /**
   * The tensor that holds the value as an image.
   *
   * @param rank 3 or 4, that of the value; a constant may have fewer dimensions, and gets others of size 1 before them
   */
  image(value: string, rank: number): string {
    const constant = this.#constants.get(value);
    if (constant && constant.shape.length < rank) return this.#writeImage(constant, rank);
    const forms = this.#formsOf(value);
    forms.image ??= constant ? this.#writeImage(constant, rank) : this.#imageOf(value, forms.plain!);
    return forms.image;
  }

  #formsOf(value: string): Forms {
    let forms = this.#forms.get(value);
    if (!forms) {
      forms = {};
      this.#forms.set(value, forms);
    }
    return forms;
  }

  #writeConstant(value: string): string {
    const constant = this.#constants.get(value)!;
    return this.#writer.weight(
      value,
      tfType(constant.dtype, `initializer "${value}"`),
      constant.shape,
      dataOf(constant),
    );
  }

  #writeImage(constant: Tensor, rank: number): string {
    const shape = [...Array<number>(rank - constant.shape.length).fill(1), ...constant.shape];
    const perm = [0, ...shape.slice(2).map((_, axis) => axis + 2), 1];
    const image = imageShape(shape) as number[];
    const data = transposed(floatsOf(constant), shape, perm);
    return this.#writer.weight(`${constant.name}/image`, 'float32', image, data);
  }

  #plainOf(value: string, image: string): string {
    const { shape } = this.type(value);
    const [batch, channels, ...spatial] = shape;
    // One channel or one place: the elements stand in the same order either way.
    if (channels === 1 || spatial.every((size) => size === 1)) return this.reshape(value, image, shape);
    if (shape.length === 4) return this.#transpose(`${value}/plain`, image, [0, 3, 1, 2]);
    const rows = this.reshape(`${value}/rows`, image, [batch!, spatial[0]!, channels!]);
    return this.#transpose(`${value}/plain`, rows, [0, 2, 1]);
  }

  #imageOf(value: string, plain: string): string {
    const { shape } = this.type(value);
    const image = imageShape(shape);
    if (shape[1] === 1 || shape.slice(2).every((size) => size === 1))
      return this.reshape(`${value}/image`, plain, image);
    if (shape.length === 4) return this.#transpose(`${value}/image`, plain, [0, 2, 3, 1]);
    return this.reshape(`${value}/image`, this.#transpose(`${value}/rows`, plain, [0, 2, 1]), image);
  }

  #transpose(hint: string, tensor: string, perm: readonly number[]): string {
    return this.#writer.node('Transpose', hint, [tensor, this.#writer.integers(perm)]);
  }

  /**
   * Gives a tensor another shape; of symbolic dimensions there may be one.
   *
   * @throws ExportError where there are several
   */
  reshape(hint: string, tensor: string, shape: Shape): string {
    return this.#writer.node('Reshape', hint, [tensor, this.#writer.integers(openSizes(shape, `value "${hint}"`))]);
  }
}

/** The shape of a value of three or four dimensions as an image. */
export function imageShape([batch, channels, ...spatial]: Shape): Shape {
  return [batch!, ...(spatial.length === 1 ? [1] : []), ...spatial, channels!];
}

/**
 * Sizes with −1 for the symbolic dimension.
 *
 * @throws ExportError where there are several
 */
export function openSizes(shape: Shape, where: string): number[] {
  const sizes = shape.map((size) => (typeof size === 'string' ? -1 : size));
  if (sizes.filter((size) => size === -1).length > 1) {
    throw new ExportError(
      `${where}: has several symbolic dimensions, [${shape.join(', ')}]`,
      'TensorFlow.js models may have one of them, the batch: export the model with a size for the others.',
    );
  }
  return sizes;
}

/**
 * The element type that TensorFlow.js has for one of ONNX: int64 becomes int32, as TensorFlow's own converter has it.
 *
 * @throws ExportError for a type that it has not
 */
export function tfType(dtype: TensorType['dtype'], where: string): TfType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  if (dtype === 'int64') return 'int32';
  throw new ExportError(
    `${where}: is of element type ${dtype}`,
    'TensorFlow.js computes with float32, int32 and bool: export the float32 model.',
  );
}

/** The elements of a float32 constant. */
function floatsOf(constant: Tensor): Float32Array {
  if (constant.dtype === 'float32') return constant.data;
  throw new ExportError(
    `initializer "${constant.name}": is of element type ${constant.dtype}`,
    'Only float32 can be laid out as an image: export the float32 model.',
  );
}

function dataOf(constant: Tensor): Weight['data'] {
  if (constant.dtype !== 'int64') return constant.data as Weight['data'];
  const data = new Int32Array(elementCount(constant.shape));
  constant.data.forEach((element, index) => {
    data[index] = Number(element);
    if (BigInt(data[index]!) !== element) {
      throw new ExportError(
        `initializer "${constant.name}": holds ${element}`,
        'TensorFlow.js has whole numbers of 32 bits only.',
      );
    }
  });
  return data;
}

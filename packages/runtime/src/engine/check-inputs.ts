/** What every engine asks of the inputs of a run before it hands them on. */
import { arrayOf, elementCount } from '@edgebeat/graph';
import { RuntimeError } from '../runtime-error.js';
import type { InputTensor, TensorInfo } from './inference-engine.js';

/**
 * Checks the inputs of a run against what the model takes.
 *
 * @returns each input of the model with what is given for it, in the model's order
 * @throws RuntimeError for an input that is missing, unknown, or of another type or shape than the model has it
 */
export function checkInputs(
  infos: readonly TensorInfo[],
  inputs: Readonly<Record<string, InputTensor>>,
): (readonly [TensorInfo, InputTensor])[] {
  const names = infos.map(({ name }) => name);
  for (const name of Object.keys(inputs)) {
    if (!names.includes(name)) {
      throw new RuntimeError(`the model has no input ${name}`, `Its inputs are ${names.join(', ')}.`);
    }
  }
  return infos.map((info) => {
    const input = inputs[info.name];
    if (!input) throw new RuntimeError(`input ${info.name} is missing`, `Its type is ${describe(info)}.`);
    checkInput(info, input);
    return [info, input] as const;
  });
}

function checkInput(info: TensorInfo, { data, shape }: InputTensor): void {
  const wanted = arrayOf(info.dtype).name;
  // By tag rather than instanceof: arrays may come from another realm (a frame, a worker, a test).
  if (data[Symbol.toStringTag] !== wanted) {
    throw new RuntimeError(
      `input ${info.name} is in ${data[Symbol.toStringTag]}`,
      `Its type is ${describe(info)}: give ${wanted}.`,
    );
  }
  const fits =
    shape.length === info.shape.length &&
    info.shape.every((size, axis) => typeof size === 'string' || size === shape[axis]);
  if (!fits || elementCount(shape) !== data.length) {
    throw new RuntimeError(
      `input ${info.name} has shape [${shape.join(', ')}] and ${data.length} elements`,
      `Its type is ${describe(info)}, and the shape must account for every element.`,
    );
  }
}

function describe({ dtype, shape }: TensorInfo): string {
  return `${dtype}[${shape.join(', ')}]`;
}

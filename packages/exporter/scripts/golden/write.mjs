/** `npm run golden -w packages/exporter`: writes test/golden/NAME.json; its README says what stands in them. */
import { writeFileSync } from 'node:fs';
import { IntegerInterpreter } from '../../dist/index.js';
import { casesOf, OPERATIONS } from './cases.mjs';

const ARRAYS = { int8: Int8Array, int32: Int32Array, float32: Float32Array };

for (const operation of OPERATIONS) {
  const file = `${operation.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.json`;
  const golden = { operation, cases: casesOf(operation).map((one) => ({ ...one, output: compute(operation, one) })) };
  writeFileSync(new URL(`../../test/golden/${file}`, import.meta.url), `${JSON.stringify(golden)}\n`);
}

/** The output with the data that the interpreter gives. */
function compute(operator, { attributes, inputs, output }) {
  const tensors = Object.entries({ ...inputs, output }).map(([name, tensor]) => toTensor(name, tensor));
  const given = Object.entries(inputs).filter(([, tensor]) => !tensor.constant);
  const operation = { operator, name: operator, inputs: Object.keys(inputs), outputs: ['output'], attributes };
  const interpreter = new IntegerInterpreter({
    name: operator,
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    inputs: given.map(([name]) => name),
    outputs: [{ name: 'output', tensor: 'output' }],
    operations: [operation],
  });
  const codes = Object.fromEntries(given.map(([name, { data }]) => [name, Int8Array.from(data)]));
  return { ...output, data: [...interpreter.run(codes).output] };
}

function toTensor(name, { dtype, shape, scales, zeroPoint, axis, data, constant }) {
  const quantization = scales && { scales: Float32Array.from(scales), zeroPoint, axis };
  return { name, dtype, shape, quantization, data: constant ? ARRAYS[dtype].from(data) : undefined };
}

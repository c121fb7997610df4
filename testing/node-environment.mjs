/**
 * Jest gives every test file its own global objects, so that `new Float32Array()` in a test is not an instance of the
 * Float32Array that native addons know. onnxruntime-node checks exactly that. This environment hands the outer ones in.
 */
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

const sharedConstructors = [
  ArrayBuffer,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
];

export default class SharedTypedArrayEnvironment extends NodeEnvironment {
  async setup() {
    await super.setup();
    for (const typedArray of sharedConstructors) this.global[typedArray.name] = typedArray;
  }
}

/**
 * Interpreters of .tflite files that run here: TensorFlow Lite as it comes with tfjs-tflite, and LiteRT of today as it comes with
 * LiteRT.js. Both are WebAssembly and use XNNPACK; their JavaScript faces know no int8, so they are driven directly.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type Tensors = Readonly<Record<string, Int8Array | Float32Array>>;

/** A loaded model. Inputs and outputs go by the names of its signature. */
export interface TfliteInterpreter {
  run(inputs: Tensors): Promise<Tensors>;
}

export type LoadTflite = (bytes: Uint8Array) => Promise<TfliteInterpreter>;

export type TfliteInterpreterName = 'TensorFlow Lite' | 'LiteRT';

/** Their packages, `@tensorflow/tfjs-tflite` and `@litertjs/core`, must be installed: nothing else here needs them. */
export const tfliteInterpreters: Readonly<Record<TfliteInterpreterName, LoadTflite>> = {
  'TensorFlow Lite': loadTfliteWeb,
  LiteRT: loadLiteRt,
};

const require = createRequire(import.meta.url);

interface EmscriptenModule {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
}

type ModuleFactory<M> = (options: {
  wasmBinary: Uint8Array;
  print(): void;
  printErr(text: string): void;
}) => Promise<M>;

/** Compiles an interpreter, once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What interpreters say on their way; part of the error when a model does not load. */
const said: string[] = [];

function instantiate<M>(factory: ModuleFactory<M>, wasm: string): Promise<M> {
  return factory({ wasmBinary: readFileSync(wasm), print() {}, printErr: (text) => void said.push(text) });
}

function copyIn(module: EmscriptenModule, bytes: Uint8Array): number {
  const at = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, at);
  return at;
}

// tfjs-tflite

interface WebTensor {
  readonly name: string;
  data(): Int8Array | Float32Array;
}

interface EmscriptenVector<T> {
  size(): number;
  get(index: number): T;
}

interface WebRunner {
  GetInputs(): EmscriptenVector<WebTensor>;
  GetOutputs(): EmscriptenVector<WebTensor>;
  Infer(): boolean;
}

interface TfliteWebModule extends EmscriptenModule {
  readonly TFLiteWebModelRunner: {
    CreateFromBufferAndOptions(
      at: number,
      size: number,
      options: object,
    ): { ok(): boolean; errorMessage(): string; value(): WebRunner };
  };
}

const tfliteWeb = once(() => {
  const script = require.resolve('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js');
  return instantiate<TfliteWebModule>(require(script), script.replace(/js$/, 'wasm'));
});

async function loadTfliteWeb(bytes: Uint8Array): Promise<TfliteInterpreter> {
  const module = await tfliteWeb();
  said.length = 0;
  const loaded = module.TFLiteWebModelRunner.CreateFromBufferAndOptions(copyIn(module, bytes), bytes.length, {
    numThreads: 1,
    enableWebNNDelegate: false,
    enableProfiling: false,
    maxProfilingBufferEntries: 0,
    bufferIsPersistent: true,
  });
  if (!loaded.ok()) throw new Error(`${loaded.errorMessage()}: ${said.join('; ')}`);
  const runner = loaded.value();
  const all = <T>(vector: EmscriptenVector<T>) => Array.from({ length: vector.size() }, (_, i) => vector.get(i));
  return {
    async run(inputs) {
      for (const input of all(runner.GetInputs())) input.data().set(inputs[input.name]!);
      if (!runner.Infer()) throw new Error(`the interpreter failed: ${said.join('; ')}`);
      return Object.fromEntries(all(runner.GetOutputs()).map((output) => [output.name, output.data().slice()]));
    },
  };
}

// LiteRT

interface TensorType {
  elementType(): { readonly value: number };
  bytes(): number;
}

interface TensorBuffer {
  lock(mode: unknown): number;
  unlock(): void;
  packedSize(): number;
  tensorType(): TensorType;
  delete(): void;
}

interface Model {
  getSignature(index: number): { inputNames(): EmscriptenVector<string>; outputNames(): EmscriptenVector<string> };
  getInputTensorType(signature: number, index: number): TensorType;
}

interface LiteRtModule extends EmscriptenModule {
  readonly LiteRtEnvironment: { create(device: null): unknown };
  readonly LiteRtTensorBuffer: {
    createManaged(environment: unknown, kind: unknown, type: TensorType, bytes: number): TensorBuffer;
  };
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: unknown };
  readonly LiteRtTensorBufferLockMode: { readonly READ: unknown; readonly WRITE: unknown };
  loadModel(environment: unknown, at: number, size: number): Model;
  compileModel(
    environment: unknown,
    model: Model,
    options: { accelerator: 'wasm' },
  ): CompiledModel | Promise<CompiledModel>;
}

interface CompiledModel {
  run(signature: number, inputs: TensorBuffer[]): TensorBuffer[] | Promise<TensorBuffer[]>;
}

/** ElementType of LiteRT. */
const FLOAT32 = 1;

const liteRt = once(async () => {
  const folder = join(dirname(require.resolve('@litertjs/core')), '..', 'wasm');
  // This build does without relaxed SIMD, which Node 20 does not have.
  const script = join(folder, 'litert_wasm_compat_internal.js');
  // A CommonJS file in a package of ES modules.
  const shell = { exports: {} as ModuleFactory<LiteRtModule> };
  new Function('module', 'exports', 'require', '__filename', '__dirname', readFileSync(script, 'utf8'))(
    shell,
    shell.exports,
    require,
    script,
    folder,
  );
  const module = await instantiate(shell.exports, script.replace(/js$/, 'wasm'));
  return { module, environment: module.LiteRtEnvironment.create(null) };
});

async function compile(module: LiteRtModule, environment: unknown, model: Model): Promise<CompiledModel> {
  try {
    return await module.compileModel(environment, model, { accelerator: 'wasm' });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}: ${said.join('; ')}`);
  }
}

async function loadLiteRt(bytes: Uint8Array): Promise<TfliteInterpreter> {
  const { module, environment } = await liteRt();
  said.length = 0;
  const model = module.loadModel(environment, copyIn(module, bytes), bytes.length);
  const compiled = await compile(module, environment, model);
  const signature = model.getSignature(0);
  const names = (vector: EmscriptenVector<string>) => Array.from({ length: vector.size() }, (_, i) => vector.get(i));
  const { LiteRtTensorBufferLockMode: mode } = module;
  const write = (index: number, data: Int8Array | Float32Array) => {
    const type = model.getInputTensorType(0, index);
    const kind = module.LiteRtTensorBufferType.HOST_MEMORY;
    const buffer = module.LiteRtTensorBuffer.createManaged(environment, kind, type, type.bytes());
    const at = buffer.lock(mode.WRITE);
    module.HEAPU8.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    buffer.unlock();
    return buffer;
  };
  const read = (buffer: TensorBuffer) => {
    const at = buffer.lock(mode.READ);
    const copy = module.HEAPU8.slice(at, at + buffer.packedSize()).buffer;
    buffer.unlock();
    return buffer.tensorType().elementType().value === FLOAT32 ? new Float32Array(copy) : new Int8Array(copy);
  };
  return {
    async run(inputs) {
      const buffers = names(signature.inputNames()).map((name, index) => write(index, inputs[name]!));
      const answers = await compiled.run(0, buffers);
      return Object.fromEntries(names(signature.outputNames()).map((name, index) => [name, read(answers[index]!)]));
    },
  };
}

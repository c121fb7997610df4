/**
 * The part of TensorFlow.js's interface that the engine uses, in types of our own: TensorFlow.js is an optional peer, and who does
 * not install it must be able to compile against this package.
 */
export type TfData = Float32Array | Int32Array | Uint8Array;

export interface TfTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<TfData>;
  dispose(): void;
}

/** @tensorflow/tfjs-core */
export interface TfCore {
  /** No checks of every number, and no advice on the console. */
  enableProdMode(): void;
  env(): { set(flag: string, value: boolean): void };
  getBackend(): string;
  setBackend(name: string): Promise<boolean>;
  tensor(data: unknown, shape: readonly number[], dtype: string): TfTensor;
  readonly io: { fromMemorySync(artifacts: object): unknown };
}

export interface TfGraphModel {
  execute(inputs: Readonly<Record<string, TfTensor>>, outputs: readonly string[]): TfTensor | TfTensor[];
  dispose(): void;
}

/** @tensorflow/tfjs-converter */
export interface TfConverter {
  loadGraphModelSync(handler: unknown): TfGraphModel;
}

/** @tensorflow/tfjs-backend-wasm */
export interface TfWasm {
  setWasmPaths(prefix: string): void;
}

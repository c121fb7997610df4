/**
 * The part of onnxruntime's JavaScript interface that the engines use, in types of our own: onnxruntime is an optional
 * peer, and who does not install it must be able to compile against this package.
 */
import type { TensorData } from '@edgebeat/graph';

export interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

export interface OrtValueInfo {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

export interface OrtSession {
  readonly inputMetadata: readonly OrtValueInfo[];
  readonly outputMetadata: readonly OrtValueInfo[];
  run(feeds: Record<string, OrtTensor>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

export interface OrtSessionOptions {
  readonly executionProviders: readonly string[];
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  /** 4: nothing but what ends the process; everything else comes as an exception. */
  readonly logSeverityLevel: 4;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface OrtModule {
  readonly Tensor: new (type: string, data: TensorData, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: OrtSessionOptions): Promise<OrtSession>;
  };
  readonly env: { readonly wasm: { numThreads?: number; wasmPaths?: unknown } };
}

/** The part of WebAssembly's JavaScript interface that the engine uses; the types of the language and of node leave it out. */

/** What a module of edgebeat exports, see `WasmModel`. */
export interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Address of the real numbers of an input. */
  readonly edgebeat_input: (index: number) => number;
  /** Address of an output. */
  readonly edgebeat_output: (index: number) => number;
  readonly edgebeat_run: () => void;
}

interface WebAssemblyInterface {
  instantiate(
    module: Uint8Array<ArrayBuffer>,
    imports: Readonly<Record<string, never>>,
  ): Promise<{ readonly instance: { readonly exports: WasmExports } }>;
}

/** @throws Error where the module is malformed or asks for imports. */
export async function instantiate(module: Uint8Array<ArrayBuffer>): Promise<WasmExports> {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };
  return (await WebAssembly.instantiate(module, {})).instance.exports;
}

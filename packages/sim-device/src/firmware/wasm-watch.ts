/**
 * The firmware twin: the firmware's app and its network, compiled to WebAssembly (firmware-templates/core/wasm/watch.c), on this
 * computer. `edgebeat export --to wasm` writes such files of networks that tell people apart.
 */
import { FirmwareError } from './firmware-error.js';
import type { FirmwareTransport } from './firmware-link.js';

/** What the module exports. */
interface WatchExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly edgebeat_watch_boot: () => void;
  /** Address of the input, and how many bytes it takes. */
  readonly edgebeat_watch_input: () => number;
  readonly edgebeat_watch_room: () => number;
  readonly edgebeat_watch_output: () => number;
  /** Takes so many bytes of the input; gives how many the watch has sent, or −1 where there was no room for them. */
  readonly edgebeat_watch_receive: (length: number) => number;
}

/** The part of WebAssembly's interface that is used: the types of the language and of node leave it out. */
interface WebAssemblyInterface {
  instantiate(
    module: Uint8Array<ArrayBuffer>,
    imports: Readonly<Record<string, never>>,
  ): Promise<{ readonly instance: { readonly exports: Partial<WatchExports> } }>;
}

/** One watch: it runs when bytes are written to it, in a memory of its own. */
export class WasmWatch implements FirmwareTransport {
  readonly #name: string;
  readonly #module: Uint8Array;
  #onBytes: (bytes: Uint8Array) => void = () => {};
  #onEnd: (error?: Error) => void = () => {};
  #exports: Promise<WatchExports> | undefined;
  /** What was written so far has been carried out. */
  #carried: Promise<void> = Promise.resolve();
  #hasEnded = false;

  /** @param name how errors call the file. @param module its bytes. */
  constructor(name: string, module: Uint8Array) {
    this.#name = name;
    this.#module = module;
  }

  open(onBytes: (bytes: Uint8Array) => void, onEnd: (error?: Error) => void): void {
    this.#onBytes = onBytes;
    this.#onEnd = onEnd;
    this.#exports = this.#boot();
    this.#carried = this.#exports.then(
      () => {},
      (error: Error) => this.#end(error),
    );
  }

  write(bytes: Uint8Array): void {
    this.#carried = this.#carried.then(async () => {
      // Whatever else waits has its turn between two records: a watch at full speed leaves the process alive.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#hasEnded) return;
      try {
        this.#carry(await this.#exports!, bytes);
      } catch (error) {
        this.#end(this.#failure((error as Error).message, 'Export the file again with this version of edgebeat.'));
      }
    });
  }

  async close(): Promise<void> {
    await this.#carried;
    this.#end();
  }

  kill(): void {
    this.#end();
  }

  async #boot(): Promise<WatchExports> {
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };
    let exports: Partial<WatchExports>;
    try {
      exports = (await WebAssembly.instantiate(new Uint8Array(this.#module), {})).instance.exports;
    } catch (cause) {
      const problem = (cause as Error).message;
      throw this.#failure(problem, 'Give a file that edgebeat export MODEL --to wasm wrote.');
    }
    if (exports.edgebeat_watch_boot === undefined)
      throw this.#failure('there is no watch in it', 'Export a network that tells people apart: deit-micro, for one.');
    exports.edgebeat_watch_boot();
    return exports as WatchExports;
  }

  #carry(exports: WatchExports, bytes: Uint8Array): void {
    const { memory, edgebeat_watch_receive: receive } = exports;
    const room = exports.edgebeat_watch_room();
    for (let from = 0; from < bytes.length; from += room) {
      const part = bytes.subarray(from, from + room);
      new Uint8Array(memory.buffer, exports.edgebeat_watch_input(), room).set(part);
      const sent = receive(part.length);
      if (sent < 0) throw new Error('one record made it send more than it has room for');
      // A copy: the next record writes over it.
      if (sent > 0) this.#onBytes(new Uint8Array(memory.buffer, exports.edgebeat_watch_output(), sent).slice());
    }
  }

  #end(error?: Error): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(error);
  }

  #failure(problem: string, hint: string): FirmwareError {
    return new FirmwareError(`the firmware in ${this.#name}: ${problem}`, hint);
  }
}

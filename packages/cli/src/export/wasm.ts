/** The generated C as one WebAssembly file, for browsers and for node without a native library. */
import { findEmcc, toWasm } from '@edgebeat/exporter';
import { type BackEnd, int8Of, modelOption } from './back-end.js';
import { engineAnswers } from './engine-answers.js';

export const wasm: BackEnd = {
  kind: 'wasm',
  description: 'the same C as one WebAssembly file, for browsers and node; Emscripten compiles it',
  numbers: 'int8',
  mostWindows: Number.POSITIVE_INFINITY,
  require: () => findEmcc(),
  async write(sources) {
    const { int8 } = int8Of(sources);
    const file = `${sources.name}.wasm`;
    const bytes = await toWasm(int8);
    return {
      file,
      files: new Map([[file, bytes]]),
      async answers(windows, onProgress) {
        const { createWasm } = await import('@edgebeat/runtime');
        return engineAnswers(createWasm(), bytes, windows, onProgress);
      },
    };
  },
  command(path, { window }) {
    if (window === undefined) return `the engine wasm: await createWasm(), load('${path}')`;
    return `npx edgebeat run --broker mqtt://HOST --backend wasm ${modelOption(window)} ${path}`;
  },
};

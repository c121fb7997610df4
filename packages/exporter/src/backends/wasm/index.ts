/** The WebAssembly back end. */
export { findEmcc } from './emscripten.js';
export { toWasm } from './to-wasm.js';
export { type WasmSources, wasmSources } from './wasm-sources.js';

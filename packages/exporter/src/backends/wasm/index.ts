/** The WebAssembly back end. */
export { findEmcc } from './emscripten.js';
export { toWasm } from './to-wasm.js';

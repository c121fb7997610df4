/** All back ends of `edgebeat export`: a new one is a file and a line here. */
import type { BackEnd } from './back-end.js';
import { c } from './c.js';
import { onnxInt8 } from './onnx-int8.js';
import { tfjs } from './tfjs.js';
import { tflite } from './tflite.js';
import { tflm } from './tflm.js';
import { wasm } from './wasm.js';

/** In the order in which they are written. */
export const backEnds: readonly BackEnd[] = [onnxInt8, tflite, tfjs, c, tflm, wasm];

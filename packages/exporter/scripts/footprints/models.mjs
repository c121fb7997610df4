/** Code and frame of model.c as one compiler makes it, as functions of what a program consists of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programSize } from '../../dist/backends/c/footprint/program-size.js';
import { programOf } from '../../dist/backends/c/program/program.js';
import { toC } from '../../dist/index.js';
import { compile } from './compile.mjs';

/** Beyond the largest frame that was seen. */
const FRAME_MARGIN = 16;
const WORD = 4;

/** @returns run, quantizer and frame of a ToolchainFootprint, and how far the code of run is off at most. */
export function measureModels(toolchain, optimization, folder, graphs) {
  const rows = graphs.map((graph) => measured(toolchain, optimization, folder, graph));
  const run = fitted(rows);
  const most = Math.max(...rows.map(({ frame }) => frame)) + FRAME_MARGIN;
  const base = Math.max(...rows.map(({ frame, places }) => frame - WORD * places));
  const errors = rows.map((row) => run.base + run.call * row.calls + run.pointer * row.pointers - row.run);
  return {
    footprint: {
      run,
      quantizer: Math.max(...rows.map(({ quantizer }) => quantizer)),
      frame: { base, place: WORD, most },
    },
    error: `${Math.min(...errors).toFixed(0)} to ${Math.max(...errors).toFixed(0)} bytes`,
  };
}

function measured(toolchain, optimization, folder, graph) {
  const { files } = toC(graph);
  for (const [path, text] of files) {
    if (!path.endsWith('.h') && path !== 'model.c') continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { symbols, frames } = compile(toolchain, optimization, folder, 'model.c', 'model.o', ['.', 'include']);
  const size = programSize(programOf(graph, 'eb_model', 16));
  const bytesOf = (pattern) =>
    symbols.reduce((sum, { name, bytes, isCode }) => sum + (isCode && pattern.test(name) ? bytes : 0), 0);
  const constants = symbols.reduce((sum, { bytes, isCode }) => sum + (isCode ? 0 : bytes), 0);
  if (constants !== size.parameterBytes)
    throw new Error(`${graph.name}: ${constants} bytes of constant structs, not ${size.parameterBytes}`);
  return {
    ...size,
    run: bytesOf(/_run$/),
    quantizer: bytesOf(/_quantize_/) / size.inputs,
    frame: frames.get('eb_model_run'),
  };
}

/** Of the kernels that a small model calls: an error of run matters as a share of both. */
const KERNEL_BYTES = 2000;

/** Least squares of run = base + call * calls + pointer * pointers, by errors as shares of all code. */
function fitted(rows) {
  const equations = rows.map(({ run, calls, pointers }) => {
    const weight = 1 / (run + KERNEL_BYTES);
    return [weight, calls * weight, pointers * weight, run * weight];
  });
  const matrix = [0, 1, 2].map((i) =>
    [0, 1, 2, 3].map((j) => equations.reduce((sum, equation) => sum + equation[i] * equation[j], 0)),
  );
  for (let pivot = 0; pivot < 3; pivot++) {
    const row = matrix[pivot].map((x) => x / matrix[pivot][pivot]);
    for (let i = 0; i < 3; i++) {
      matrix[i] = i === pivot ? row : matrix[i].map((x, j) => x - matrix[i][pivot] * row[j]);
    }
  }
  const [base, call, pointer] = matrix.map((row) => Math.round(row[3] * 1000) / 1000);
  return { base, call, pointer };
}

/** Integer graphs whose model.c is compiled: the networks that come with edgebeat, and their beginnings. */
import { readFileSync } from 'node:fs';
import { importModel } from '@edgebeat/graph';
import { prepareModel, quantizeModel, readIntegerGraph } from '../../dist/index.js';

const NETWORKS = ['baseline-cosine', 'baseline-lda', 'deit-micro', 'dt4ecg', 'deit-tiny', 'resnet34'];
const SHARES = [0.15, 0.4, 0.7, 1];
/** Without the choices that are measured, which take their time and change no kind of operation. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 };

export async function sampleGraphs() {
  const graphs = [];
  for (const name of NETWORKS) {
    const weights = new URL(`../../../models/weights/${name}.onnx`, import.meta.url);
    const { model } = await prepareModel(importModel(readFileSync(weights)));
    const length = model.graph.inputs[0].shape.slice(1).reduce((product, size) => product * size, 1);
    const { model: int8 } = await quantizeModel(model, windows(length), PLAIN);
    const graph = readIntegerGraph(int8);
    graphs.push(...SHARES.map((share) => beginning(graph, share)));
  }
  return graphs;
}

/** The first operations of a graph; the last of them makes the output. */
function beginning(graph, share) {
  if (share === 1) return graph;
  const operations = graph.operations.slice(0, Math.max(1, Math.round(graph.operations.length * share)));
  return { ...graph, operations, outputs: [{ name: 'output', tensor: operations.at(-1).outputs[0] }] };
}

/** Waves, so that no range is empty. */
function windows(length) {
  return [1, 2, 3, 4].map((seed) =>
    Float32Array.from({ length }, (_, i) => 0.5 + 0.5 * Math.sin(seed + (i * seed) / 7)),
  );
}

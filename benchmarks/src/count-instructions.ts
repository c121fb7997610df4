/**
 * `npm run firmware:costs -- --artefacts FOLDER`: counts the instructions of every kernel in QEMU, by shape, fits what each part of a
 * kernel costs, and compares whole networks (FOLDER/NAME.int8.onnx, as `edgebeat export` wrote them), counted too, with what the fit
 * says of them. Writes packages/exporter/src/fit/kernel-costs.gen.ts.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kernelCalls, readIntegerGraph } from '@edgebeat/exporter';
import { decodeModel } from '@edgebeat/graph';
import { BenchError } from './bench-error.js';
import { missingPrograms } from './firmware/targets.js';
import { countedCases } from './instruction-counts/cases.js';
import { costsOf, type NetworkCount, writeCosts } from './instruction-counts/costs.js';
import { countedCores } from './instruction-counts/counted-cores.js';
import { countInstructions } from './instruction-counts/counted-program.js';
import { runBench } from './run-bench.js';

const NETWORKS = ['deit-micro', 'dt4ecg', 'deit-tiny', 'resnet34'];
const GENERATED = new URL('../../packages/exporter/src/fit/kernel-costs.gen.ts', import.meta.url);

function readArguments() {
  const { values } = parseArgs({ options: { artefacts: { type: 'string' } } });
  if (values.artefacts === undefined)
    throw new BenchError(
      '--artefacts is missing',
      'give the folder that "edgebeat export MODEL --to onnx-int8 --out FOLDER" wrote',
    );
  return values.artefacts;
}

function networksIn(folder: string) {
  return NETWORKS.map((name) => {
    const path = join(folder, `${name}.int8.onnx`);
    if (!existsSync(path))
      throw new BenchError(`${path} is missing`, `edgebeat export ${name} --to onnx-int8 --out ${folder}`);
    return { name, graph: readIntegerGraph(decodeModel(readFileSync(path))) };
  });
}

async function main(): Promise<void> {
  const networks = networksIn(readArguments());
  const cases = countedCases();
  const cores = countedCores.map(({ core, board }) => {
    const missing = missingPrograms(board.name);
    if (missing.length > 0) throw new BenchError(`${missing.join(' and ')} missing`, 'npm test installs them');
    const counts = countInstructions(board, cases);
    const costs = costsOf(cases.map(kernelCalls), counts);
    const checks = networks.map(({ name, graph }): NetworkCount => {
      const [counted] = countInstructions(board, [graph]) as [number[]];
      return { model: name, ...costs.compare(kernelCalls(graph), counted) };
    });
    for (const { model, counted, modelled } of checks)
      process.stdout.write(
        `${core}: ${model} ${counted} instructions counted, ${modelled} modelled (${((100 * modelled) / counted - 100).toFixed(2)} %)\n`,
      );
    return { core, board, costs, checks };
  });
  writeFileSync(fileURLToPath(GENERATED), writeCosts(cores));
}

await runBench(main);

/**
 * Networks in C on emulated Arm boards: every output to the bit, and flash, RAM and stack as the exporter predicts them. Windows are real
 * ones where there are recordings.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CodeTensor, prepareModel, quantize, quantizeModel, readIntegerGraph } from '@edgebeat/exporter';
import { importModel, readMetadata } from '@edgebeat/graph';
import { weightsPath } from '@edgebeat/models';
import { trainingWindows } from '@edgebeat/trainer';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { recordingsOf } from '../../../testing/recordings.js';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { networkTargets } from '../../src/firmware/network-targets.js';
import type { RecordedNetwork } from '../../src/firmware/recorded-network.js';
import { isAsPredicted, type NetworkRows, verifyNetwork } from '../../src/firmware/verify-network.js';

const WINDOWS = 20;
const CALIBRATION = 8;

/** Without the choices that are measured, which take their time and change no kind of operation. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

/** ECG with other rates of beats, in noise. */
function synthetic(count: number, length: number): Float32Array[] {
  return Array.from({ length: count }, (_, window) => {
    const { samples } = syntheticEcg({ rate: 250, seconds: length / 250 + 1, rr: 0.6 + 0.02 * window });
    return noise(length, window).map((x, i) => 0.2 + 0.6 * samples[i]! + 0.1 * x);
  });
}

/** Of the recordings that the model was trained on; of waves where not all of them are there. */
async function windowsFor(name: string, metadata: ReadonlyMap<string, string>, length: number) {
  const count = WINDOWS + CALIBRATION;
  const folders = ['kalouskova', 'ecg-id', 'heartprint', 'ptbdb'].map(recordingsOf);
  if (folders.includes(undefined)) return synthetic(count, length);
  return trainingWindows(name, readMetadata(metadata), { dataDir: dirname(folders[0]!), count });
}

async function network(name: string): Promise<RecordedNetwork> {
  const { model } = await prepareModel(importModel(readFileSync(weightsPath(name))));
  const length = model.graph.inputs[0]!.shape!.slice(1).reduce<number>(
    (product, size) => product * (size as number),
    1,
  );
  const reals = await windowsFor(name, model.metadata, length);
  const { model: int8 } = await quantizeModel(model, reals.slice(0, CALIBRATION), PLAIN);
  const graph = readIntegerGraph(int8);
  const input = graph.tensors.get(graph.inputs[0]!) as CodeTensor;
  return { name, int8, graph, windows: reals.slice(CALIBRATION).map((real) => quantize(real, input)) };
}

const FEW = 2;

/** How many windows run where: all of them on a Cortex-M4 and an M55; few where other code of the same kernels runs. */
const NETWORKS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'baseline-lda': { 'mps2-an386': WINDOWS },
  'deit-micro': { 'mps2-an386': WINDOWS, 'mps3-an547': WINDOWS, 'mps2-an505': FEW, 'mps3-an547/clang': FEW },
  dt4ecg: { 'mps2-an386': WINDOWS, 'mps3-an547': WINDOWS },
};

async function verified(name: string, counts: Readonly<Record<string, number>>): Promise<NetworkRows> {
  const { int8, graph, windows } = await network(name);
  const found: NetworkRows[] = [];
  for (const count of new Set(Object.values(counts))) {
    const targets = networkTargets.filter((target) => counts[target.name] === count);
    found.push(await verifyNetwork({ name, int8, graph, windows: windows.slice(0, count) }, targets));
  }
  return { targets: found.flatMap(({ targets }) => targets), memory: found.flatMap(({ memory }) => memory) };
}

describeWithProgram('arm-none-eabi-gcc', 'networks compiled for Arm', () => {
  describeWithProgram('clang', 'by gcc and clang', () => {
    describeWithProgram('qemu-system-arm', 'in QEMU', () => {
      describe.each(Object.entries(NETWORKS))('%s', (name, counts) => {
        let rows: NetworkRows;
        beforeAll(async () => {
          rows = await verified(name, counts);
        }, 300_000);

        test('every output of every window, to the bit', () => {
          const expected = Object.entries(counts).map(([target, windows]) => ({
            target,
            model: name,
            windows,
            mismatches: 0,
          }));
          expect(rows.targets).toEqual(expected);
        });

        test('arena and weights to the byte, code within 5 %, stack at most 1.25 times what is used', () => {
          expect(rows.memory).toHaveLength(Object.keys(counts).length);
          expect(rows.memory.filter((row) => !isAsPredicted(row))).toEqual([]);
        });
      });
    });
  });
});

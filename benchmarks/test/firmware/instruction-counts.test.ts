/** What a window costs by kernel-costs.gen.ts, against deit-micro counted in QEMU; and what the core around a network takes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FIRMWARE_PARTS,
  type IntegerGraph,
  kernelCalls,
  modelledInstructions,
  prepareModel,
  quantizeModel,
  readIntegerGraph,
} from '@edgebeat/exporter';
import { importModel } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noise } from '../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { armCompiler, boards } from '../../src/firmware/boards.js';
import { coreFlags, coreFolder, coreSources } from '../../src/firmware/compile-core.js';
import { countedCores } from '../../src/instruction-counts/counted-cores.js';
import { countInstructions } from '../../src/instruction-counts/counted-program.js';

const WEIGHTS = fileURLToPath(new URL('../../../packages/models/weights/deit-micro.onnx', import.meta.url));
/** Without the choices that are measured, which change no kind of operation. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

describeWithProgram('arm-none-eabi-gcc', 'firmware for Arm', () => {
  describeWithProgram('qemu-system-arm', 'counted in QEMU', () => {
    let graph: IntegerGraph;
    beforeAll(async () => {
      const { model } = await prepareModel(importModel(readFileSync(WEIGHTS)));
      const { model: qdq } = await quantizeModel(model, [noise(900, 1), noise(900, 2)], PLAIN);
      graph = readIntegerGraph(qdq);
    }, 120_000);

    // Further off than this, kernels have changed: npm run firmware:costs.
    test.each(countedCores)(
      '$core: within 1 % of what is modelled',
      ({ core, board }) => {
        const [counts] = countInstructions(board, [graph]) as [number[]];
        const calls = kernelCalls(graph);
        expect(counts).toHaveLength(calls.length);
        const counted = counts.reduce((sum, count) => sum + count, 0);
        expect(Math.abs(modelledInstructions(calls, core) / counted - 1)).toBeLessThan(0.01);
      },
      120_000,
    );
  });

  describe('the core around a network', () => {
    const folder = mkdtempSync(join(tmpdir(), 'edgebeat-core-size-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const compile = (sources: readonly string[]) => {
      const { flags } = boards[0]!;
      const all = [
        ...coreFlags,
        '-mthumb',
        ...flags,
        `-I${coreFolder}/include`,
        `-I${coreFolder}/src`,
        '-c',
        ...sources,
      ];
      const { status, stderr } = spawnSync(armCompiler, all, { cwd: folder, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    };
    const run = (tool: string, args: readonly string[]) =>
      spawnSync(`arm-none-eabi-${tool}`, args, { cwd: folder, encoding: 'utf8' }).stdout;

    test('takes the flash that the fit of boards counts with, within 10 %', () => {
      const app = join(coreFolder, 'app');
      const appSources = readdirSync(app).flatMap((file) => (file.endsWith('.c') ? [join(app, file)] : []));
      compile([...coreSources(), ...appSources]);
      const textOf = (sources: readonly string[]) =>
        run(
          'size',
          sources.map((source) => source.replace(/^.*\/(.*)\.c$/, '$1.o')),
        )
          .trim()
          .split('\n')
          .slice(1)
          .reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[0]), 0);
      const signalPath = textOf(coreSources());
      const { identity, activity } = FIRMWARE_PARTS;
      for (const ratio of [(signalPath + textOf(appSources)) / identity.flashBytes, signalPath / activity.flashBytes])
        expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    });

    test('takes the RAM that the fit of boards counts with, within 10 %', () => {
      const types = ['eb_app', 'eb_sample_fifo', 'eb_signal_path', 'eb_activity_windows'];
      const headers = ['app/app', 'sample-fifo', 'signal-path', 'activity-windows'];
      const text = `${headers.map((name) => `#include "edgebeat/${name}.h"`).join('\n')}
${types.map((type) => `extern char size_of_${type}[sizeof(${type})];\nchar size_of_${type}[sizeof(${type})];`).join('\n')}\n`;
      writeFileSync(join(folder, 'sizes.c'), text);
      compile(['sizes.c']);
      const symbols = run('nm', ['-S', 'sizes.o']);
      const [app, fifo, path, windows] = types.map((type) =>
        Number.parseInt(new RegExp(`^\\S+ (\\S+) \\S size_of_${type}$`, 'm').exec(symbols)![1]!, 16),
      ) as [number, number, number, number];
      const { identity, activity } = FIRMWARE_PARTS;
      const ratios = [(app + fifo) / (identity.ramBytes - 2048), (path + windows + fifo) / (activity.ramBytes - 2048)];
      for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    });
  });
});

/** Boards, what fits on them, and modelled times: as the definitions say, from numbers worked out by hand. */
import { describe, expect, test } from '@jest/globals';
import { KERNEL_HEADERS } from '../../src/backends/c/source/kernels.js';
import { fitBoard } from '../../src/fit/board-fit.js';
import { BOARDS, type Board } from '../../src/fit/boards.js';
import { CORE_MODELS, CORES } from '../../src/fit/cores.js';
import { KERNEL_COSTS } from '../../src/fit/kernel-costs.gen.js';
import { fitBoards, kernelCalls, modelledInstructions } from '../../src/index.js';
import { goldenFiles, goldenGraph } from '../golden-cases.js';

const kernels = Object.values(KERNEL_HEADERS).flat().sort();
const golden = goldenFiles().flatMap(({ operation, cases }) =>
  cases.map((one) => ({ title: `${operation}: ${one.name}`, graph: goldenGraph(operation, one) })),
);
const caseOf = (title: string) => golden.find((one) => one.title === title)!.graph;

describe('the boards', () => {
  test('have names of their own, sizes that can be, and sources', () => {
    expect(new Set(BOARDS.map(({ name }) => name)).size).toBe(BOARDS.length);
    for (const board of BOARDS) {
      expect(board.clockHz).toBeGreaterThanOrEqual(64e6);
      expect(board.clockHz).toBeLessThanOrEqual(600e6);
      expect(board.flashBytes).toBeGreaterThan(board.ramBytes / 2);
      expect(board.ramBytes % 1024).toBe(0);
      expect(board.sources.length).toBeGreaterThan(0);
      for (const { document, url } of board.sources)
        expect([document !== '', /^https:\/\//.test(url)]).toEqual([true, true]);
    }
  });

  test('state cycles per instruction with what they rest on', () => {
    for (const core of CORES) expect(CORE_MODELS[core].source).toMatch(/^Assumed/);
  });
});

describe('costs of kernels', () => {
  test.each(CORES)('%s has them all', (core) => {
    expect(Object.keys(KERNEL_COSTS[core].kernels)).toEqual(kernels);
  });

  test.each(CORES)('%s: whole networks were counted within 1 % of what the costs say', (core) => {
    const { networks } = KERNEL_COSTS[core];
    expect(networks.map(({ model }) => model)).toEqual(['deit-micro', 'dt4ecg', 'deit-tiny', 'resnet34']);
    for (const { counted, modelled } of networks) expect(Math.abs(modelled / counted - 1)).toBeLessThan(0.01);
  });

  test.each(golden)('$title costs something', ({ graph }) => {
    const calls = kernelCalls(graph);
    for (const { work } of calls)
      expect(Object.values(work).every((runs) => Number.isInteger(runs) && runs >= 0)).toBe(true);
    for (const core of CORES) expect(modelledInstructions(calls, core)).toBeGreaterThan(calls.length * 10);
  });

  test('a fully connected layer multiplies as often as its weights say', () => {
    const [call] = kernelCalls(caseOf('Gemm: rows'));
    expect(call).toEqual({ kernel: 'eb_fully_connected_s8', work: { call: 1, row: 5, output: 30, product: 480 } });
  });

  test('a convolution copies windows that reach beyond its input together', () => {
    const calls = kernelCalls(caseOf('Conv: 1-D, padded'));
    const conv = calls.find(({ kernel }) => kernel === 'eb_conv_s8')!;
    const expected = { call: 1, position: 9, copied: 2, tap: 6, byte: 18, output: 45, product: 405 };
    expect(conv.work).toEqual(expected);
  });
});

describe('a board', () => {
  const board: Board = {
    ...{ name: 'B', chip: 'C', processor: 'P', instructionSet: 'I', core: 'cortex-m4f', clockHz: 100e6 },
    ...{ flashBytes: 1000, ramBytes: 100, sources: [] },
  };
  const needs = { flashBytes: 900, weightBytes: 800, ramBytes: 100 };
  const fit = (more: Partial<Board>, need: Partial<typeof needs> = {}) =>
    fitBoard({ ...board, ...more }, { ...needs, ...need }, () => 1_000_000);

  test('that holds everything: instructions × cycles per instruction / clock', () => {
    expect(fit({})).toMatchObject({ verdict: 'fits', remarks: [], instructions: 1_000_000, modelledMs: 13 });
  });

  test('without enough RAM or flash: says what is missing', () => {
    expect(fit({}, { ramBytes: 4096 })).toMatchObject({
      verdict: 'no',
      remarks: ['RAM: 4 KiB needed, 0 KiB there'],
      modelledMs: null,
    });
    expect(fit({}, { ramBytes: 4096, flashBytes: 4096 }).remarks).toHaveLength(2);
    expect(fit({}, { flashBytes: 1001 })).toMatchObject({ verdict: 'no', modelledMs: null });
  });

  test('with external flash for the weights: only where it is read like memory, and without a time', () => {
    const flash = { flashBytes: 5000, weightBytes: 4500 };
    expect(fit({ externalFlash: { bytes: 4500, isMapped: true } }, flash)).toMatchObject({
      verdict: 'external',
      modelledMs: null,
    });
    expect(fit({ externalFlash: { bytes: 4499, isMapped: true } }, flash).verdict).toBe('no');
    expect(fit({ externalFlash: { bytes: 9000, isMapped: false } }, flash).remarks[0]).toContain(
      'not read like memory',
    );
  });

  test('whose processor nobody counted: no time is invented', () => {
    const { core: _, ...foreign } = board;
    const result = fitBoard(foreign, needs, () => 1);
    expect(result).toMatchObject({ verdict: 'fits', instructions: null, cyclesPerInstruction: null, modelledMs: null });
    expect(result.remarks).toEqual(['time not modelled: no instructions counted for P']);
  });
});

test('a network and the firmware around it', () => {
  const alone = fitBoards(caseOf('Gemm: rows'));
  const inFirmware = fitBoards(caseOf('Gemm: rows'), 'identity');
  expect(alone.boards.map(({ verdict }) => verdict)).toEqual(BOARDS.map(() => 'fits'));
  expect(alone.network.weightBytes).toBeGreaterThan(96);
  const flash = ({ boards }: typeof alone) => boards[0]!.needs.flashBytes;
  expect(flash(inFirmware) - flash(alone)).toBe(inFirmware.firmware.flashBytes);
});

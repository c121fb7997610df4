/** The networks that come with edgebeat for TensorFlow Lite Micro: what is written compiles, and registers what the file needs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importModel } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noise } from '../../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import {
  describeTflite,
  prepareModel,
  quantizeModel,
  readIntegerGraph,
  type TfliteDescription,
  type TflmSources,
  toTflm,
} from '../../src/index.js';
import { elementCount } from '../../src/interpreter/indices.js';

const STUBS = fileURLToPath(new URL('api-stubs', import.meta.url));
const SHA256 = 'ab'.repeat(32);
/** Without the choices that are measured, which change no kind of operation. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

async function exported(name: string): Promise<TflmSources> {
  const bytes = readFileSync(new URL(`../../../models/weights/${name}.onnx`, import.meta.url));
  const { model } = await prepareModel(importModel(bytes));
  const length = elementCount(model.graph.inputs[0]!.shape!.slice(1) as number[]);
  const { model: qdq } = await quantizeModel(model, [noise(length, 1)], PLAIN);
  return toTflm(readIntegerGraph(qdq), { metadata: qdq.metadata, sha256: SHA256 });
}

/** Registers the operators and tells their names, one a line. */
const TELL_OPERATORS = `#include <cstdio>
#include "operators.h"
int main() {
  edgebeat::Operators operators;
  if (!edgebeat::AddOperators(operators)) return 1;
  for (unsigned int i = 0; i < operators.Registered(); i++) std::puts(operators.Name(i));
}
`;

describeWithProgram('cc', 'sources for TensorFlow Lite Micro', () => {
  describe.each(['deit-micro', 'dt4ecg', 'deit-tiny', 'resnet34'])('%s', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'edgebeat-tflm-'));
    let sources: TflmSources;
    let model: TfliteDescription;
    beforeAll(async () => {
      sources = await exported(name);
      model = describeTflite(sources.files.get('model.tflite') as Uint8Array);
      const isCompiled = name === 'deit-micro' || name === 'dt4ecg';
      for (const [path, content] of sources.files) {
        if (!isCompiled && path !== 'operators.h') continue;
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true }));
    const run = (command: string, args: readonly string[], input?: Uint8Array) =>
      spawnSync(command, args, { cwd: folder, ...(input && { input }) });

    test('the resolver gets the operators of the file, each once, and has room for no more', () => {
      mkdirSync(join(folder, 'test'));
      writeFileSync(join(folder, 'test', 'tell-operators.cc'), TELL_OPERATORS);
      const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-I', STUBS, '-I.', 'test/tell-operators.cc'];
      expect(run('g++', [...flags, '-o', 'tell-operators']).stderr.toString()).toBe('');
      const names = run('./tell-operators', []).stdout.toString().trim().split('\n');
      expect(names).toEqual([...new Set(model.operators.map(({ operator }) => operator))].sort());
      expect(sources.files.get('operators.h')).toContain(`MicroMutableOpResolver<${names.length}>`);
      expect(sources.operators).toEqual(names);
    });

    test('the arena has room for all activations of a step, and more where pointers are longer', () => {
      const { activationBytes, bytes32, bytes64 } = sources.arena;
      const most = Math.max(
        ...model.operators.map(({ inputs, outputs }) =>
          [...new Set([...inputs, ...outputs])].reduce((sum, index) => {
            const tensor = model.tensors[index]!;
            return tensor.bytes > 0 ? sum : sum + elementCount(tensor.shape) * (tensor.type === 'int8' ? 1 : 4);
          }, 0),
        ),
      );
      expect(activationBytes).toBeGreaterThanOrEqual(most);
      expect(bytes32).toBeGreaterThan(activationBytes + 150 * model.operators.length);
      expect(bytes64).toBeGreaterThan(bytes32);
    });

    if (name === 'deit-micro') {
      test('the watch compiles without a warning, and tells over its link what network it runs', () => {
        const options = [`TFLM=${STUBS}`, 'TFLM_LIBRARY=', 'TARGET_FLAGS=-O0'];
        const { status, stderr } = run('make', ['-s', '-j2', ...options]);
        expect([status, stderr.toString()]).toEqual([0, '']);
        const answer = run('./watch', [], startRecord()).stdout.toString('latin1');
        expect(answer.includes('deit-micro') && answer.includes('\xab'.repeat(32))).toBe(true);
      }, 120_000);
    } else if (name === 'dt4ecg') {
      test('without an app for its windows it is a library', () => {
        const { status, stderr } = run('make', ['-s', `TFLM=${STUBS}`, 'TFLM_LIBRARY=', 'TARGET_FLAGS=-O0']);
        expect([status, stderr.toString()]).toEqual([0, '']);
        expect(sources.files.has('main.cc')).toBe(false);
      });
    }
  });
});

/** `start` of core/include/edgebeat/app/link.h: 250 Hz, 1 µV a step, frames of 50 samples, the model's own threshold. */
function startRecord(): Uint8Array {
  const payload = Buffer.alloc(40);
  payload.writeUInt32LE(250_000, 0);
  payload.writeUInt32LE(1000, 4);
  payload.writeUInt32LE(1, 8);
  payload.writeUInt16LE(50, 20);
  payload.writeUInt16LE(4, 38);
  return Buffer.concat([Buffer.from([1, payload.length, 0]), payload]);
}

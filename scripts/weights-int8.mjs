/**
 * `npm run weights:int8 -- --data FOLDER [MODEL…]`: makes the int8 files that come with edgebeat, packages/models/weights/int8, of the
 * float models beside them: set-up where needed, then `edgebeat export MODEL --to onnx-int8,wasm`, calibrated on the recordings that
 * each was trained on. With `--compile` the int8 graphs stay as they are, and are compiled again: after a change of the firmware's core.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './setup/places.mjs';
import { setUp } from './setup.mjs';

/** Those that a gateway runs unless told otherwise. */
const DEFAULT_MODELS = ['deit-micro', 'dt4ecg'];

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, compile: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const models = positionals.length > 0 ? positionals : DEFAULT_MODELS;
await setUp();
const folder = join(root, 'packages', 'models', 'weights', 'int8');

if (values.compile) await compileAgain();
else exportAgain();

async function compileAgain() {
  const load = (name) => import(pathToFileURL(join(root, 'packages', name, 'dist', 'index.js')).href);
  const [{ toWasm }, { decodeModel }] = await Promise.all([load('exporter'), load('graph')]);
  for (const model of models) {
    const int8 = decodeModel(readFileSync(join(folder, `${model}.int8.onnx`)));
    writeFileSync(join(folder, `${model}.wasm`), await toWasm(int8));
  }
}

function exportAgain() {
  const out = mkdtempSync(join(tmpdir(), 'edgebeat-weights-'));
  try {
    mkdirSync(folder, { recursive: true });
    for (const model of models) {
      const edgebeat = join(root, 'packages', 'cli', 'bin', 'edgebeat.js');
      const data = values.data === undefined ? [] : ['--data', values.data];
      const words = ['export', model, '--to', 'onnx-int8,wasm', '--protocol', 'none', ...data, '--out', out];
      const { status } = spawnSync(process.execPath, [edgebeat, ...words], { stdio: 'inherit' });
      if (status !== 0) {
        process.exitCode = status ?? 1;
        break;
      }
      for (const ending of ['int8.onnx', 'wasm'])
        copyFileSync(join(out, `${model}.${ending}`), join(folder, `${model}.${ending}`));
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

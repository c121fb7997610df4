/** `edgebeat train` on recordings of two persons: stopped and resumed, and what it refuses. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { startEdgebeat } from './edgebeat-process.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-train-'));
});
afterAll(() => rm(folder, { recursive: true }));

describeWithRecordings('kalouskova', 'edgebeat train dt4ecg', (kalouskova) => {
  const train = (out: string) => [
    ...['train', 'dt4ecg', '--data', join(folder, 'kalouskova'), '--out', join(folder, out), '--steps', '120'],
    ...['--threads', '1', '--json', '--log-level', 'info'],
  ];
  beforeAll(() => {
    mkdirSync(join(folder, 'kalouskova'));
    for (const person of ['01', '06']) symlinkSync(join(kalouskova, person), join(folder, 'kalouskova', person));
  });

  test('stopped and resumed it ends in the same bits', async () => {
    const curves = join(folder, 'new/curves.svg');
    const whole = await startEdgebeat([...train('whole.onnx'), '--curves', curves]).ended;
    expect(whole.status).toBe(0);
    expect(whole.report).toMatchObject({ schema: 'edgebeat.train/1', complete: true, step: 120 });
    const { losses } = whole.report.history.at(-1);
    expect(losses.identity).toBeLessThan(whole.report.history[0].losses.identity);
    expect(await readFile(curves, 'utf8')).toMatch(/^<svg /);

    const interrupted = startEdgebeat(train('parts.onnx'));
    await interrupted.says('step 100 of 120');
    interrupted.kill('SIGINT');
    const stopped = await interrupted.ended;
    expect(stopped.status).toBe(1);
    expect(stopped.report).toMatchObject({ complete: false, checkpoint: join(folder, 'parts.onnx.checkpoint') });
    expect(stopped.report.step).toBeGreaterThanOrEqual(100);
    expect(stopped.report.step).toBeLessThan(120);

    const resumed = await startEdgebeat(train('parts.onnx')).ended;
    expect(resumed.status).toBe(0);
    expect(resumed.report.history).toEqual(whole.report.history);
    const [a, b] = await Promise.all(['whole.onnx', 'parts.onnx'].map((name) => readFile(join(folder, name))));
    expect(a!.equals(b!)).toBe(true);

    const metadata = readMetadata(decodeModel(new Uint8Array(a!)).metadata);
    expect(metadata.classes).toEqual({
      identity: ['01', '06'],
      activity: ['rest', 'arms', 'walking', 'running', 'squats'],
    });
    expect(metadata.training?.records).toContain('kalouskova/06/06_03_beh[0,0.7)');
  }, 600_000);
});

describe('edgebeat train', () => {
  test.each([
    ['another model', ['train', 'dt4egc', '--data', '.'], /dt4egc.*\nhint: did you mean dt4ecg\?/],
    ['a folder without recordings', ['train', 'dt4ecg', '--data', '/nowhere'], /^error: .*\/nowhere/],
    ['no steps', ['train', 'dt4ecg', '--steps', '0'], /^error: .*0/],
    ['another study', ['study', 'ablatoin', '--data', '.'], /hint: did you mean ablation\?/],
  ])('%s is refused', async (_, words, expected) => {
    const streams = capturedStreams();
    expect(await runCommandLine(words, streams)).toBe(2);
    expect(streams.stderr.text).toMatch(expected);
  });

  test('a place where nothing can be written is refused before anything is read', async () => {
    await writeFile(join(folder, 'file'), '');
    const out = async (...words: string[]) => {
      const streams = capturedStreams();
      expect(await runCommandLine(['train', 'dt4ecg', '--data', '/nowhere', ...words], streams)).toBe(2);
      return streams.stderr.text;
    };
    expect(await out('--out', folder)).toMatch(/^error: is a folder, not a file/);
    expect(await out('--out', join(folder, 'file/model.onnx'))).toMatch(/^error: (there is a file where|not a folder)/);
    expect(await out('--out', join(folder, 'm.onnx'), '--curves', folder)).toMatch(/^error: is a folder, not a file/);
  });
});

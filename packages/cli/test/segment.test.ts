import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAnnotations, writeWfdbRecord } from '@edgebeat/ecg';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { edgebeat } from './edgebeat-process.js';

let folder: string;
let record: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-segment-'));
  const { samples, rPeaks } = syntheticEcg({ rate: 360, seconds: 60 });
  const disturbance = noise(samples.length, 4);
  const channel = {
    name: 'MLII',
    units: 'mV',
    rate: 360,
    samples: samples.map((sample, i) => sample + 0.02 * disturbance[i]!),
  };
  const mark = { symbol: 'N', subtype: 0, channel: 0, number: 0, aux: '' };
  const annotations = rPeaks.map((time) => ({ ...mark, sample: Math.round(360 * time) }));
  const content = { name: 'made', format: 'wfdb', channels: [channel], gaps: [], comments: [], labels: {} } as const;
  await writeWfdbRecord(folder, content, { annotations });
  record = join(folder, 'made');
});
afterAll(() => rm(folder, { recursive: true }));

describe('edgebeat segment', () => {
  test('scores a record against its annotations', async () => {
    const { status, report } = await edgebeat(['segment', record, '--reference', 'atr', '--json']);
    expect(status).toBe(0);
    expect(report.schema).toBe('edgebeat.segment/1');
    expect(report.gross).toMatchObject({ fp: 0, fn: 0, se: 1, ppv: 1, f1: 1, f1_50ms: 1, f1_20ms: 1 });
    // One sample at 250 Hz: the filter's own delay.
    expect(report.gross.jitterMs).toBeLessThan(4.5);
    expect(report.gross.delayMs.p50).toBeLessThan(200);
    expect(report.records).toHaveLength(1);
    expect(report.records[0].beats).toBe(report.records[0].rPeaks.length);
  });

  test('prints a table for people', async () => {
    const { stdout } = await edgebeat(['segment', folder, '--reference', 'atr', '--from', '10']);
    expect(stdout).toMatch(/^record .* Se .* PPV .* real time$/m);
    expect(stdout).toMatch(/^gross .*100\.00 %/m);
    expect(stdout).toMatch(/from 10 s on/);
  });

  test('prints a Markdown table for reports', async () => {
    const { stdout } = await edgebeat(['segment', record, '--reference', 'atr', '--score']);
    expect(stdout).toMatch(/^\| record \| beats \|.*\| Se \|/m);
    expect(stdout).toMatch(/^\| gross \| .*100\.00 % \|/m);
    expect((await edgebeat(['segment', record, '--score'])).stderr).toMatch(/--reference/);
  });

  test('writes the peaks where other tools can read them', async () => {
    const out = join(folder, 'peaks');
    const { report } = await edgebeat(['segment', record, '--out', out, '--json']);
    const annotations = await readAnnotations(record, 'atr');
    expect(report.gross.beats).toBe(annotations.length);
    const lines = (await readFile(join(out, 'made.csv'), 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe('time [s],sample');
    expect(lines.length).toBe(annotations.length + 1);
    expect((await readFile(join(out, 'made.qrs'))).length).toBeGreaterThan(2 * annotations.length);
  });

  test('a stretch of flutter is not scored', async () => {
    const { samples, rPeaks } = syntheticEcg({ rate: 250, seconds: 40 });
    samples.fill(0, 15 * 250, 20 * 250);
    const mark = { subtype: 0, channel: 0, number: 0, aux: '' };
    const annotations = [
      ...rPeaks.map((time) => ({ ...mark, symbol: 'N', sample: Math.round(250 * time) })),
      { ...mark, symbol: '[', sample: 14 * 250 },
      { ...mark, symbol: ']', sample: 21 * 250 },
    ].sort((a, b) => a.sample - b.sample);
    const channels = [{ name: 'I', units: 'mV', rate: 250, samples }];
    const content = { name: 'flutter', format: 'wfdb', channels, gaps: [], comments: [], labels: {} } as const;
    await writeWfdbRecord(folder, content, { annotations });
    const { report } = await edgebeat(['segment', join(folder, 'flutter'), '--reference', 'atr', '--json']);
    expect(report.gross).toMatchObject({ fp: 0, fn: 0 });
  });

  test.each([
    ['a record that is not there', () => ['/no/such/record'], /\/no\/such\/record/],
    ['a channel that is not there', () => [record, '--channel', 'V9'], /MLII/],
    ['an annotator that is not there', () => [record, '--reference', 'xyz'], /made\.xyz/],
    ['a negative time', () => [record, '--from', '-1'], /0 or more/],
  ])('refuses %s with one clear line and a hint', async (_, words, expected) => {
    const { status, stderr } = await edgebeat(['segment', ...words()]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toMatch(expected);
  });

  test('goes on after a record that cannot be read, tells of it, and fails in the end', async () => {
    const { status, report, stderr } = await edgebeat(['segment', '/no/such/record', record, '--json']);
    expect(status).toBe(1);
    expect(report.records).toMatchObject([{ path: record }]);
    expect(report.gross.beats).toBe(report.records[0].beats);
    expect(report.failed).toEqual([
      { path: '/no/such/record', error: expect.stringMatching(/no\/such/), hint: expect.stringMatching(/./) },
    ]);
    expect(stderr).toBe(`error: ${report.failed[0].error}\nhint: ${report.failed[0].hint}\n`);
    const none = await edgebeat(['segment', '/no/such/record', '/nor/this']);
    expect(none.status).toBe(1);
    expect(none.stdout).toMatch(/^gross +0 +– +–$/m);
  });

  test('names file and field of a truncated record', async () => {
    const header = await readFile(`${record}.hea`, 'utf8');
    await writeFile(join(folder, 'short.hea'), header.replaceAll('made', 'short'));
    await writeFile(join(folder, 'short.dat'), (await readFile(`${record}.dat`)).subarray(0, 1000));
    const { status, stderr } = await edgebeat(['segment', join(folder, 'short')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/short\.dat|short\.hea/);
  });
});

describeWithRecordings('mitdb', 'edgebeat segment on the arrhythmia records', (mitdb) => {
  test('sensitivity is 99.80 % and positive predictivity 99.85 %, R peaks sit, reports are quick, and so is the path', async () => {
    const words = ['segment', mitdb, '--reference', 'atr', '--from', '300', '--jobs', '1', '--json'];
    const { status, report } = await edgebeat(words);
    expect(status).toBe(0);
    expect(report.records).toHaveLength(22);
    const { se, ppv, f1_50ms, f1_20ms, delayMs, xRealTime } = report.gross;
    expect(se).toBeGreaterThanOrEqual(0.998);
    expect(ppv).toBeGreaterThanOrEqual(0.9985);
    expect(f1_50ms).toBeGreaterThanOrEqual(0.988);
    expect(f1_20ms).toBeGreaterThanOrEqual(0.94);
    expect(delayMs.p50).toBeLessThanOrEqual(200);
    expect(delayMs.p99).toBeLessThanOrEqual(500);
    expect(xRealTime).toBeGreaterThanOrEqual(2000);
  });
});

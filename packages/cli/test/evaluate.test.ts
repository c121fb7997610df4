/** `edgebeat evaluate --noise … --det …`: what is refused before anything is computed, and a run on a few made-up hearts. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detCurvesSvg } from '@edgebeat/trainer';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeEcgId, writeHeartprint, writeNoiseStress, writePtb } from '../../trainer/test/synthetic-data-sets.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { edgebeat } from './edgebeat-process.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-evaluate-'));
});
afterAll(() => rm(folder, { recursive: true }));

const of = (...protocols: string[]) => protocols.flatMap((protocol) => ['--protocol', protocol]);

describe('refused at once is', () => {
  test.each<[string, string[], RegExp]>([
    [
      'a noise that there is not',
      [...of('ecg-id/closed'), '--noise', 'hum:6'],
      /^error: "hum:6" names no noise\nhint: gauss:0\.1 .* em:6/,
    ],
    ['noise without a strength', [...of('ecg-id/closed'), '--noise', 'gauss'], /^error: "gauss" names no noise\n/],
    ['noise of no strength', [...of('ecg-id/closed'), '--noise', 'gauss:0'], /^error: "gauss:0" names no noise\n/],
    [
      'noise for a protocol that knows none',
      [...of('heartprint/cross-session'), '--noise', 'em:6'],
      /^error: heartprint\/cross-session knows no noise\nhint: Protocols with noise: .*verification\/unseen/,
    ],
    [
      'noise where one of several protocols knows none',
      [...of('ecg-id/closed', 'kalouskova/time-split'), '--noise', 'em:6'],
      /^error: kalouskova\/time-split knows no noise\n/,
    ],
    [
      'a drawing of a protocol that has no DET curves',
      [...of('ecg-id/closed'), '--det', 'FOLDER/det.svg'],
      /^error: --det draws one protocol, not 0\nhint: .*verification\/unseen\n/,
    ],
    [
      'a drawing of two evaluations',
      [...of('verification/unseen', 'verification/unseen'), '--det', 'FOLDER/det.svg'],
      /^error: --det draws one protocol, not 2\n/,
    ],
    [
      'a card of a file whose thresholds are to change',
      [...of('verification/unseen'), '--set-thresholds', '--card', 'FOLDER/card.md'],
      /^error: --set-thresholds changes the file that --card is to describe\n/,
    ],
  ])('%s', async (_, words, message) => {
    const streams = capturedStreams();
    const told = words.map((word) => word.replace('FOLDER', folder));
    const all = ['evaluate', 'baseline-cosine', '--data', join(folder, 'nowhere'), ...told];
    expect(await runCommandLine(all, streams)).toBe(2);
    expect(streams.stderr.text).toMatch(message);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('edgebeat evaluate', () => {
  test('puts noise on what tests, and draws the protocol that has DET curves', async () => {
    const dataDir = join(folder, 'data');
    const [may, june] = ['01.05.2005', '01.06.2005'];
    // Held out are persons 1 and 2 of ECG-ID, 4 and 8 of Heartprint, patients 1 and 49 of PTB.
    await writeEcgId(dataDir, [
      [may, june],
      [may, june],
    ]);
    writeHeartprint(dataDir, [{}, {}, {}, { 1: 1, 2: 1 }, {}, {}, {}, { 1: 1, 2: 1 }]);
    await writePtb(dataDir, { 1: ['01/10/1990'], 49: ['03/10/1990'] });
    const det = join(folder, 'det.svg');
    const words = [
      ...['evaluate', 'baseline-cosine', ...of('ecg-id/closed', 'verification/unseen'), '--noise', 'em:6'],
      ...['--det', det, '--data', dataDir, '--resamples', '20', '--json'],
    ];
    const without = await edgebeat(words);
    expect(without.status).toBe(2);
    expect(without.report.error).toContain('does not hold the data set nstdb');
    expect(await readdir(folder)).toEqual(['data']);

    await writeNoiseStress(dataDir);
    const { status, report } = await edgebeat(words);
    expect(status).toBe(0);
    expect(report.schema).toBe('edgebeat.evaluations/1');
    expect(report.reports).toMatchObject([
      { protocol: 'ecg-id/closed', noise: 'em:6', resamples: 20, subjects: 2 },
      { protocol: 'verification/unseen', noise: 'em:6', resamples: 20, subjects: 6 },
    ]);
    const drawing = await readFile(det, 'utf8');
    expect(drawing).toBe(detCurvesSvg(report.reports[1]));
    expect(drawing).toContain('Heartprint, session 1 to 2');
  }, 300_000);
});

/** Option values that cannot be are refused before anything starts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-refusals-'));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['an empty client id', ['run', '--client-id', ''], /^error: '' is no MQTT client id\nhint: .*1 to 128/],
  ['a long client id', ['run', '--client-id', 'x'.repeat(70_000)], /^error: 'x{40}… \(70000 characters\)' is no/],
  ['a client id with a wildcard', ['run', '--client-id', 'a/#'], /no MQTT client id/],
  ['a cosine beyond 1', ['run', '--threshold', '1.01'], /^error: 1.01 is no cosine threshold\nhint: .* from -1 to 1\n/],
  ['a distance below 0', ['demo', '--metric', 'euclidean', '--threshold', '-0.1'], /from 0 to 2/],
  [
    'a mistyped protocol, with or without data',
    ['evaluate', 'baseline-cosine', '--protocol', 'ecg-id/other-recrod'],
    /hint: did you mean ecg-id\/other-record\?/,
  ],
  ['a time that no clock shows', ['simulate', '--start-time', '7258118400000000'], /before the year 2200/],
  ['the time 0', ['simulate', '--start-time', '0'], /microseconds since 1970/],
  ['no address', ['run', '--broker', 'localhost'], /^error: 'localhost' is no address of a broker\nhint: .*mqtt:\/\//],
])('%s is refused', async (_, words, expected) => {
  const streams = capturedStreams();
  expect(await runCommandLine(words, streams)).toBe(2);
  expect(streams.stderr.text).toMatch(/^error: .+\nhint: .+\n$/);
  expect(streams.stderr.text).toMatch(expected);
});

test.each([
  ['is not there', 'none/store.json', /^error: no such file or folder: .*none\n/],
  ['is a file', 'file/store.json', /^error: .*file is no folder\n/],
])('templates in a folder that %s are refused at once', async (_, path, expected) => {
  const streams = capturedStreams();
  expect(await runCommandLine(['run', '--templates', join(folder, path)], streams)).toBe(2);
  expect(streams.stderr.text).toMatch(expected);
});

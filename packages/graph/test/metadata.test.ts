/** `edgebeat.*` metadata: written, read, and refused where malformed. */
import { describe, expect, test } from '@jest/globals';
import { GraphError, type ModelMetadata, readMetadata, writeMetadata } from '../src/index.js';

const full: ModelMetadata = {
  name: 'deit-micro',
  version: '1.2.0',
  rate: 250,
  window: { kind: 'identity', beats: 3, before: 150, after: 150 },
  normalize: 'min-max',
  classes: { logits: ['Person_01', 'Person_02'], activity: ['rest'] },
  training: { data: ['ecg-id'], records: ['ecg-id/Person_01/rec_1'] },
  metrics: [{ name: 'eer', protocol: 'ecg-id/other-record', value: 0.05, low: 0.03, high: 0.08, subjects: 90 }],
  thresholds: [{ metric: 'cosine', value: 0.87, fmr: 0.01, data: 'heartprint/cross-session', windows: 4 }],
  ranges: { beats: { least: -3.25, most: 7.5 }, 'stem.relu': { least: 0, most: 6.1 } },
};

test('what is written is read back', () => {
  expect(readMetadata(writeMetadata(full))).toEqual(full);
  const activity: ModelMetadata = { window: { kind: 'activity', samples: 1000 }, normalize: 'z-score' };
  expect(readMetadata(writeMetadata(activity))).toEqual(activity);
  expect(readMetadata(writeMetadata({}))).toEqual({});
});

test('the form in the file', () => {
  expect(writeMetadata({ rate: 250, normalize: 'none', window: full.window! })).toEqual(
    new Map([
      ['edgebeat.rate', '250'],
      ['edgebeat.window', '{"kind":"identity","beats":3,"before":150,"after":150}'],
      ['edgebeat.normalize', 'none'],
    ]),
  );
});

test('the order of fields given makes no difference', () => {
  const shuffled: ModelMetadata = { window: { after: 150, before: 150, kind: 'identity', beats: 3 }, rate: 250 };
  expect([...writeMetadata(shuffled)]).toEqual([...writeMetadata({ rate: 250, window: full.window! })]);
});

test('metadata of others is passed over', () => {
  expect(
    readMetadata(
      new Map([
        ['author', 'someone'],
        ['edgebeat', 'x'],
      ]),
    ),
  ).toEqual({});
});

describe('refuses', () => {
  test.each([
    ['edgebeat.rates', '250', /^metadata edgebeat.rates: is not known$/],
    ['edgebeat.toString', '250', /is not known/],
    ['edgebeat.rate', '250 Hz', /^metadata edgebeat.rate: is "250 Hz"/],
    ['edgebeat.rate', '', /edgebeat.rate/],
    ['edgebeat.rate', '0', /edgebeat.rate: is "0"/],
    ['edgebeat.rate', 'Infinity', /edgebeat.rate/],
    ['edgebeat.name', '', /edgebeat.name: is ""/],
    ['edgebeat.normalize', 'zscore', /edgebeat.normalize: is "zscore"/],
    ['edgebeat.window', '3x300', /edgebeat.window: is "3x300"/],
    ['edgebeat.window', '[]', /edgebeat.window: is \[\]/],
    ['edgebeat.window', '{"kind":"identity","beats":3,"before":150}', /field after is missing/],
    ['edgebeat.window', '{"kind":"identity","beats":0,"before":150,"after":150}', /edgebeat.window.beats: is 0/],
    ['edgebeat.window', '{"kind":"activity","samples":1000,"seconds":4}', /field seconds is not known/],
    ['edgebeat.window', '{"kind":"sleep"}', /edgebeat.window.kind: is "sleep"/],
    ['edgebeat.classes', '{"logits":["a",1]}', /edgebeat.classes.logits\[1\]: is 1/],
    ['edgebeat.classes', '["a"]', /edgebeat.classes: is/],
    ['edgebeat.training', '{"data":[]}', /field records is missing/],
    ['edgebeat.metrics', '{}', /edgebeat.metrics: is \{\}/],
    ['edgebeat.metrics', '[{"name":"eer"}]', /edgebeat.metrics\[0\]: field protocol is missing/],
    [
      'edgebeat.thresholds',
      '[{"metric":"cosine","value":0.5,"fmr":1.5,"data":"d","windows":1}]',
      /edgebeat.thresholds\[0\].fmr: is 1.5/,
    ],
    ['edgebeat.ranges', '{"stem":{"least":1}}', /edgebeat.ranges.stem: field most is missing/],
    ['edgebeat.ranges', '{"stem":{"least":1,"most":0}}', /edgebeat.ranges.stem: is 1 … 0/],
  ])('%s = %s', (key, value, message) => {
    const act = () => readMetadata(new Map([[key, value]]));
    expect(act).toThrow(GraphError);
    expect(act).toThrow(message);
  });

  test('writing what could not be read', () => {
    expect(() => writeMetadata({ rate: Number.NaN })).toThrow(/edgebeat.rate/);
    expect(() => writeMetadata({ window: { kind: 'activity', samples: 0.5 } })).toThrow(/window.samples: is 0.5/);
  });
});

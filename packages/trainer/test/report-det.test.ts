import { describe, expect, test } from '@jest/globals';
import { detCurvesSvg, REPORT_SCHEMA, type VerificationReport, type VerificationRow } from '../src/index.js';
import { normalDeviate } from '../src/report/normal-deviate.js';

const eer = { value: 0.1, low: 0.05, high: 0.2, n: 30, subjects: 5 };
const rowOf = (condition: string, rest: Partial<VerificationRow> = {}): VerificationRow => ({
  condition,
  subjects: 5,
  records: 9,
  windows: 90,
  failedRecords: 0,
  genuine: 30,
  impostor: 120,
  metrics: { eer },
  isPool: false,
  det: [
    { fmr: 0.01, fnmr: 0.4 },
    { fmr: 0.1, fnmr: 0.1 },
    { fmr: 0.4, fnmr: 0.01 },
  ],
  ...rest,
});

const report = (rows: readonly VerificationRow[]): VerificationReport => ({
  schema: REPORT_SCHEMA,
  model: 'mean <beat>',
  modelSha256: '0'.repeat(64),
  protocol: 'verification/unseen',
  subjects: 5,
  windows: 90,
  metrics: {},
  rows,
  templateWindows: 10,
  probeWindows: [5, 1, 3, 10],
  failedSubjects: [],
  thresholds: [],
  data: { name: 'heartprint', complete: true },
  training: 'unseen',
  leaky: false,
  seed: 1,
  resamples: 100,
});

/** Place along the axis of the grid line that bears this label. */
const gridLine = (svg: string, label: string, axis: 'x' | 'y') => {
  const path =
    axis === 'x'
      ? /<path d="M([\d.]+) 0v560" [^>]*\/><text [^>]*>([\d.]+ %)</g
      : /<path d="M0 ([\d.]+)h560" [^>]*\/><text [^>]*>([\d.]+ %)</g;
  return Number([...svg.matchAll(path)].find(([, , text]) => text === label)![1]);
};

describe('normalDeviate', () => {
  test.each([
    [0.5, 0],
    [0.975, 1.959964],
    [0.1, -1.281552],
    [0.001, -3.090232],
    [0.9999, 3.719016],
  ])('quantile of %f', (p, quantile) => {
    expect(Math.abs(normalDeviate(p) - quantile)).toBeLessThan(4.5e-4);
  });
});

describe('detCurvesSvg', () => {
  test('draws a line for every condition, through its points on the axes, and none for pools', () => {
    const svg = detCurvesSvg(
      report([
        rowOf('all, other session', { isPool: true }),
        rowOf('Heartprint, same session'),
        rowOf('Heartprint, session 1 to 2'),
        rowOf('ECG-ID, other date', { metrics: {} }),
        rowOf('Heartprint, mean', { isPool: true, det: [] }),
      ]),
    );
    const lines = [...svg.matchAll(/<path d="(M[^"]*)" fill="none" stroke-linejoin="round" ([^>]*)\/>/g)];
    expect(lines).toHaveLength(3);
    expect(new Set(lines.map(([, , stroke]) => stroke)).size).toBe(3);
    const points = lines[0]![1]!
      .split(/[ML]/)
      .slice(1)
      .map((point) => point.split(' ').map(Number));
    expect(points).toEqual([
      [gridLine(svg, '1 %', 'x'), gridLine(svg, '40 %', 'y')],
      [gridLine(svg, '10 %', 'x'), gridLine(svg, '10 %', 'y')],
      [gridLine(svg, '40 %', 'x'), gridLine(svg, '1 %', 'y')],
    ]);
    for (const text of [
      'Heartprint, session 1 to 2',
      'EER 10.0 % (5 persons)',
      'false match rate',
      'mean &#60;beat&#62;',
    ]) {
      expect(svg).toContain(text);
    }
    expect(svg).not.toContain('all, other session');
    expect(svg).not.toContain('NaN');
  });

  test('keeps lines without errors on the lower edge, and makes room for high ones', () => {
    const perfect = detCurvesSvg(
      report([
        rowOf('PTB, same record', {
          det: [
            { fmr: 0.01, fnmr: 0 },
            { fmr: 0.1, fnmr: 0 },
          ],
        }),
      ]),
    );
    expect(perfect).toMatch(/d="M[\d.]+ 560L[\d.]+ 560" fill="none" stroke-linejoin/);
    expect(perfect).not.toContain('>80 %<');
    const poor = detCurvesSvg(report([rowOf('PTB, same record', { det: [{ fmr: 0.01, fnmr: 0.96 }] })]));
    expect(poor).toContain('>95 %<');
    expect(detCurvesSvg(report([]))).toContain('</svg>');
  });

  test('names the noise', () => {
    expect(detCurvesSvg({ ...report([rowOf('PTB, same record')]), noise: 'em:6' })).toContain('noise em:6');
  });
});

import { describe, expect, test } from '@jest/globals';
import {
  type EvaluationReport,
  FIGURES_BEGIN,
  FIGURES_END,
  fillModelCard,
  fillTable,
  ProtocolError,
  REPORT_SCHEMA,
  reportToMarkdown,
  TABLE_BEGIN,
  TABLE_END,
} from '../src/index.js';

const rank1 = { value: 0.75, low: 0.5, high: 1, n: 8, subjects: 4 };
const eer = { value: 0.123456, low: 0.1, high: 0.2, n: 7, subjects: 4 };
const report: EvaluationReport = {
  schema: REPORT_SCHEMA,
  model: 'mean-beat',
  modelSha256: '0123456789abcdef'.repeat(4),
  protocol: 'ecg-id/other-record',
  subjects: 5,
  windows: 24,
  metrics: { rank1, eer, rank1Within: rank1 },
  rows: [
    {
      condition: 'all',
      subjects: 4,
      records: 8,
      windows: 24,
      failedRecords: 1,
      genuine: 7,
      impostor: 28,
      metrics: { rank1, eer },
    },
    {
      condition: 'same day',
      subjects: 1,
      records: 1,
      windows: 0,
      failedRecords: 1,
      genuine: 0,
      impostor: 0,
      metrics: { rank1 },
    },
  ],
  gallery: { subjects: 5, records: 9, windows: 30, failedSubjects: ['Person_03'] },
  thresholds: [],
  data: { name: 'ecg-id', complete: false },
  training: 'gallery',
  leaky: false,
  seed: 1,
  resamples: 1000,
};

describe('reportToMarkdown', () => {
  test('writes a table whose rows all have as many cells as its head, and states what the figures rest on', () => {
    const text = reportToMarkdown(report);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map((row) => row.split('|').length)).size).toBe(1);
    expect(rows[2]).toBe('| all | 4 | 8 | 24 | 0.750 (0.500 … 1.000) | 0.123 (0.100 … 0.200) |');
    expect(rows[3]).toBe('| same day | 1 | 1 | 0 | 0.750 (0.500 … 1.000) | – |');
    for (const part of [
      '7 genuine',
      '28 impostor',
      'Person_03',
      'Only a part of ecg-id',
      'seed 1',
      'gallery records',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('leaky');
  });

  test('labels a leaky protocol in its heading', () => {
    expect(reportToMarkdown({ ...report, leaky: true })).toMatch(/^### ecg-id\/other-record \(leaky/);
  });
});

describe('fillModelCard', () => {
  const card = `# mean-beat\n\n${FIGURES_BEGIN}\nold\n${FIGURES_END}\n\n## Limits\n`;

  test('replaces what stands between the marks and nothing else', () => {
    const filled = fillModelCard(card, [report, { ...report, protocol: 'heartprint/cross-session' }]);
    expect(filled).toMatch(/^# mean-beat\n\n/);
    expect(filled).toMatch(/\n\n## Limits\n$/);
    expect(filled).not.toContain('old');
    expect(filled.indexOf('### ecg-id')).toBeLessThan(filled.indexOf('### heartprint'));
  });

  test('gives the same card when filled again', () => {
    const filled = fillModelCard(card, [report]);
    expect(fillModelCard(filled, [report])).toBe(filled);
  });

  test.each([
    ['no marks', '# card'],
    ['only one', `# card\n${FIGURES_BEGIN}\n`],
    ['the wrong order', `${FIGURES_END}\n${FIGURES_BEGIN}\n`],
    ['two sections', card + card],
  ])('refuses a card with %s', (_, text) => {
    expect(() => fillModelCard(text, [report])).toThrow(ProtocolError);
  });
});

describe('fillTable', () => {
  const table = '| protocol | a |\n| --- | ---: |\n| `ecg-id/closed` | – |\n';
  const figures = `${FIGURES_BEGIN}\nkept\n${FIGURES_END}`;
  const card = `# a\n\n${TABLE_BEGIN}\nold\n${TABLE_END}\n\n## Figures\n\n${figures}\n`;

  test('replaces what stands between its marks; the figures stay as they are', () => {
    expect(fillTable(card, table)).toBe(
      `# a\n\n${TABLE_BEGIN}\n\n${table}\n${TABLE_END}\n\n## Figures\n\n${figures}\n`,
    );
    const both = fillModelCard(fillTable(card, table), [report]);
    expect(both).toContain(table);
    expect(both).not.toContain('kept');
    expect(fillTable(both, table)).toBe(both);
  });

  test.each([
    ['the marks of figures alone', figures],
    ['no end', `${TABLE_BEGIN}\n`],
    ['the wrong order', `${TABLE_END}\n${TABLE_BEGIN}\n`],
    ['two tables', card + card],
  ])('refuses a card with %s', (_, text) => {
    expect(() => fillTable(text, table)).toThrow(ProtocolError);
    expect(() => fillTable(text, table)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`${TABLE_BEGIN} and ${TABLE_END}`) }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { type PlotInput, plotRecord } from '../src/segment/plot.js';

const rate = 100;
const seconds = 60;
/** A peak of 1 mV every second, half a second after it begins. */
const samples = Float32Array.from({ length: seconds * rate }, (_, i) => (i % rate === 50 ? 1 : 0));
const beats = Array.from({ length: seconds }, (_, i) => i + 0.5);
const input: PlotInput = {
  record: 'R<1> & "co"',
  channel: 'MLII',
  stretches: [{ startSeconds: 0, samples }],
  rate,
  beats,
  quality: Array.from({ length: seconds }, (_, i) => ({ end: i + 1, sqi: i === 31 ? 0 : 1 })),
  from: 0,
};
const count = (text: string, part: string) => text.split(part).length - 1;
/** Colours of the marks. */
const missed = 'fill="#d11f2f"';
const invented = 'fill="#e07b00"';
const detected = '<circle';

describe('plotRecord', () => {
  test('draws a whole short recording, every detected beat, and what it is', () => {
    const svg = plotRecord(input);
    expect(svg).toMatch(/^<svg [^>]*>.*<\/svg>\n$/s);
    expect(svg).toContain('R&lt;1&gt; &amp; &quot;co&quot;');
    expect(svg).toContain('60 beats in 1:00 · whole recording');
    expect(count(svg, detected)).toBe(60 + 1); // one in the legend
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toContain('missed');
  });

  test('marks what was missed and what was invented', () => {
    const found = beats.filter((time) => time !== 20.5).concat(40);
    const reference = { beats, flutter: [] };
    const svg = plotRecord({ ...input, beats: found.sort((a, b) => a - b), reference });
    expect(svg).toContain('1 missed, 1 false · Se 98.33 % · PPV 98.33 %');
    // Legend, mark and band; the invented one has an orange dot besides.
    expect(count(svg, missed)).toBe(3);
    expect(count(svg, invented)).toBe(4);
  });

  test('shows of a long recording the rows with the most errors, in order', () => {
    const reference = { beats: beats.filter((time) => Math.floor(time) !== 33 && Math.floor(time) !== 7), flutter: [] };
    const svg = plotRecord({ ...input, reference }, { rowSeconds: 5, rows: 2 });
    expect(svg).toContain('2 of 12 rows: those with the most errors');
    expect(svg.match(/font-weight="bold">0:\d\d/g)).toEqual(['font-weight="bold">0:05', 'font-weight="bold">0:30']);
  });

  test('without errors to show, the rows of the worst quality', () => {
    const svg = plotRecord(input, { rowSeconds: 5, rows: 1 });
    expect(svg).toContain('1 of 12 rows: those of the worst quality');
    expect(svg).toContain('font-weight="bold">0:30');
  });

  test('begins where it is told to', () => {
    const svg = plotRecord(input, { rowSeconds: 10, rows: 2, start: 45 });
    expect(svg.match(/font-weight="bold">0:\d\d/g)).toEqual(['font-weight="bold">0:45', 'font-weight="bold">0:55']);
    expect(count(svg, detected)).toBe(15 + 1);
  });

  test('leaves gaps and invalid samples empty, and keeps time across them', () => {
    const holed = samples.map((value, i) => (i >= 200 && i < 300 ? Number.NaN : value));
    const stretches = [
      { startSeconds: 0, samples: holed },
      { startSeconds: 100, samples },
    ];
    const svg = plotRecord({ ...input, stretches }, { rowSeconds: 160 });
    expect(svg).toContain('in 2:40');
    const curve = /<svg width="\d+" height="\d+"><path d="([^"]*)"/.exec(svg)![1]!;
    expect(count(curve, 'M')).toBe(3);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test('draws a recording without a sample', () => {
    const nothing = { ...input, stretches: [], beats: [], quality: [], reference: { beats: [], flutter: [] } };
    expect(plotRecord(nothing)).not.toMatch(/NaN|Infinity/);
  });
});

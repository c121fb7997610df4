import { describe, expect, test } from '@jest/globals';
import { type LearningCurvePoint, learningCurvesSvg } from '../../src/curves/learning-curves.js';

const history: LearningCurvePoint[] = Array.from({ length: 40 }, (_, i) => ({
  step: 100 * (i + 1),
  learningRate: 1e-3 * (1 - i / 40),
  gradientNorm: 2 + Math.sin(i),
  losses: { identity: 4 * 0.9 ** i, activity: 2 * 0.95 ** i },
  figures: { identity: 1 - 0.9 ** (i + 1), activity: 1 - 0.95 ** (i + 1) },
  lossWeights: { identity: 1.2, activity: 0.8 },
  ...(i % 2 === 1 ? { validation: { identity: 0.9 - 0.8 * 0.9 ** i, activity: 0.8 - 0.7 * 0.9 ** i } } : {}),
}));

/** Opened and closed elements, which must match; the texts; nothing that a broken number leaves behind. */
function requireWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!#\d+;)/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
}

interface DrawnPanel {
  readonly title: string;
  readonly text: string;
  /** Ends of the horizontal and vertical grid lines by their labels. */
  readonly down: ReadonlyMap<string, number>;
  readonly across: ReadonlyMap<string, number>;
  /** Colour and points of each curve. */
  readonly curves: readonly { readonly colour: string; readonly points: readonly (readonly [number, number])[] }[];
}

/** Takes a picture apart again. */
function panelsOf(svg: string): DrawnPanel[] {
  return svg
    .split('<text x="62" y="15"')
    .slice(1)
    .map((text) => {
      const number = '(-?[\\d.]+)';
      const label = (match: RegExpMatchArray) => [match[2]!, Number(match[1])] as const;
      const horizontal = new RegExp(`<path d="M0 ${number}h[^>]*/><text x="-7"[^>]*>([^<]*)<`, 'g');
      const vertical = new RegExp(`<path d="M${number} 0v[^>]*stroke="#e4e8ed"/><text[^>]*>([^<]*)<`, 'g');
      return {
        title: /font-weight="bold">([^<]*)</.exec(text)![1]!,
        text,
        down: new Map([...text.matchAll(horizontal)].map(label)),
        across: new Map([...text.matchAll(vertical)].map(label)),
        curves: [...text.matchAll(/<path d="([^"]*)" fill="none" stroke="(#[0-9a-f]{6})" stroke-linejoin/g)].map(
          ([, path, colour]) => ({
            colour: colour!,
            points: path!
              .split(/[ML]/)
              .slice(1)
              .map((point) => point.split(' ').map(Number) as [number, number]),
          }),
        ),
      };
    });
}

test('shows every panel for which there are values, 900 pixels wide', () => {
  const svg = learningCurvesSvg(history, { title: 'A & B <C>', bestStep: 3800 });
  requireWellFormed(svg);
  expect(svg).toMatch(/^<svg [^>]*width="900"/);
  expect(svg).toContain('A &#38; B &#60;C&#62;');
  expect(svg).toContain('best: step 3,800');
  expect(panelsOf(svg).map(({ title }) => title)).toEqual([
    'Loss',
    'Figures, fractions of 1',
    'Learning rate',
    'Gradient norm',
    'Weights of the losses',
  ]);
  const bare = history.map(({ step, losses, learningRate }) => ({ step, losses, learningRate }));
  expect(panelsOf(learningCurvesSvg(bare)).map(({ title }) => title)).toEqual(['Loss', 'Learning rate']);
});

test('curves stand where their axes say', () => {
  const points = [
    { step: 1000, learningRate: 0, losses: { total: 1 } },
    { step: 2000, learningRate: 0.002, losses: { total: 3 } },
    { step: 4000, learningRate: 0.004, losses: { total: 2 } },
  ];
  const [loss, rate] = panelsOf(learningCurvesSvg(points)) as [DrawnPanel, DrawnPanel];
  const at = ({ across, down }: DrawnPanel, step: string, value: string) => [across.get(step), down.get(value)];
  expect(loss.curves[0]!.points).toEqual([at(loss, '1,000', '1'), at(loss, '2,000', '3'), at(loss, '4,000', '2')]);
  expect(rate.curves[0]!.points).toEqual([
    at(rate, '1,000', '0'),
    at(rate, '2,000', '0.002'),
    at(rate, '4,000', '0.004'),
  ]);
  expect(loss.down.get('3')!).toBeLessThan(loss.down.get('2')!);
});

test('losses that fall far stand on a logarithmic axis', () => {
  const points = [1, 10, 100].map((loss, i) => ({ step: 100 * (i + 1), learningRate: 1, losses: { total: loss } }));
  const [{ down, curves }] = panelsOf(learningCurvesSvg(points)) as [DrawnPanel];
  expect(curves[0]!.points.map(([, y]) => y)).toEqual(['1', '10', '100'].map((label) => down.get(label)));
  expect(down.get('10')! - down.get('100')!).toBeCloseTo(down.get('1')! - down.get('10')!, 1);
});

test('a name has one colour in all panels, validation its own lines with dots and the latest value', () => {
  const [loss, figures, , , weights] = panelsOf(learningCurvesSvg(history)) as DrawnPanel[];
  const colours = loss!.curves.map(({ colour }) => colour);
  expect(new Set(colours).size).toBe(2);
  expect(weights!.curves.map(({ colour }) => colour)).toEqual(colours);
  expect(figures!.curves.map(({ colour }) => colour)).toEqual([...colours, ...colours]);
  const latest = history.at(-1)!.validation!;
  expect(figures!.text).toContain(`identity, validation ${latest.identity!.toFixed(3)}`);
  // 20 validations of two names, and two in the legend.
  expect(figures!.text.split('<circle').length - 1).toBe(42);
  expect(loss!.text).not.toContain('<circle');
});

test('the axis of the figures leaves out how they rose at first', () => {
  const rising = history.map((point) => ({
    ...point,
    figures: {},
    validation: { rank1: point.step > 500 ? 0.95 : 0.1 },
  }));
  const figures = panelsOf(learningCurvesSvg(rising))[1]!;
  expect(Math.min(...[...figures.down.keys()].map(Number))).toBeGreaterThan(0.8);
  const constant = history.map((point) => ({ ...point, figures: {}, validation: { rank1: 0 } }));
  requireWellFormed(learningCurvesSvg(constant));
});

test('calibration has axes of its own: those of the figures stay with what lies near 1', () => {
  const calibrated = history.map((point, i) => ({
    ...point,
    figures: {},
    lossWeights: {},
    validation: {
      ...{ accuracy: point.step > 800 ? 0.95 : 0.1, ece: 0.2 - i / 400 },
      ...{ temperature: point.step > 800 ? 1.6 : 90, 'ece calibrated': 0.03 },
    },
  }));
  const svg = learningCurvesSvg(calibrated);
  requireWellFormed(svg);
  const [, figures, , , errors, temperature] = panelsOf(svg) as DrawnPanel[];
  expect(panelsOf(svg).map(({ title }) => title)).toEqual([
    ...['Loss', 'Figures, fractions of 1', 'Learning rate', 'Gradient norm', 'Calibration error', 'Temperature'],
  ]);
  expect(figures!.curves).toHaveLength(1);
  expect(Math.min(...[...figures!.down.keys()].map(Number))).toBeGreaterThan(0.8);
  expect(errors!.curves).toHaveLength(2);
  expect(errors!.text).toContain('ece calibrated 0.030');
  // 39 / 400 have gone.
  expect(errors!.text).toContain(`ece ${(0.2 - 39 / 400).toFixed(3)}`);
  expect(errors!.down.has('0')).toBe(true);
  expect(temperature!.curves).toHaveLength(1);
  expect(temperature!.text).toContain('temperature 1.600');
  expect(Math.max(...[...temperature!.down.keys()].map(Number))).toBeLessThan(10);
});

test('a value that is no number breaks the line, whether it came as NaN or through JSON', () => {
  const broken = history.map((point, i) =>
    i === 20 ? { ...point, losses: { identity: Number.NaN, activity: 1 } } : point,
  );
  for (const points of [broken, JSON.parse(JSON.stringify(broken)) as LearningCurvePoint[]]) {
    const svg = learningCurvesSvg(points);
    requireWellFormed(svg);
    const [identity, activity] = [
      ...svg.matchAll(/<path d="([^"]*)" fill="none" stroke="#[0-9a-f]{6}" stroke-linejoin/g),
    ];
    expect(identity![1]!.split('M')).toHaveLength(3);
    expect(activity![1]!.split('M')).toHaveLength(2);
  }
});

describe('draws', () => {
  test('an empty history', () => {
    const svg = learningCurvesSvg([]);
    requireWellFormed(svg);
    expect(svg).toContain('no values yet');
  });

  test('a single point as dots', () => {
    const svg = learningCurvesSvg(history.slice(0, 1));
    requireWellFormed(svg);
    expect(svg.match(/<circle/g)!.length).toBeGreaterThanOrEqual(6);
  });

  test('a history of a million steps in a small file, its extremes kept', () => {
    const long = Array.from({ length: 200_000 }, (_, i) => ({
      step: 5 * (i + 1),
      learningRate: 1e-3,
      losses: { total: i === 123_456 ? 5 : 1 + (i % 2) },
    }));
    const svg = learningCurvesSvg(long);
    expect(svg.length).toBeLessThan(200_000);
    const [loss] = panelsOf(svg) as [DrawnPanel];
    expect(Math.min(...loss.curves[0]!.points.map(([, y]) => y))).toBe(loss.down.get('5'));
  });

  test('many names in several rows of the legend', () => {
    const names = Array.from({ length: 20 }, (_, i) => `a loss with a long name, number ${i}`);
    const svg = learningCurvesSvg([{ step: 1, learningRate: 1, losses: Object.fromEntries(names.map((n) => [n, 1])) }]);
    requireWellFormed(svg);
    for (const name of names) expect(svg).toContain(`${name}, training`);
  });
});

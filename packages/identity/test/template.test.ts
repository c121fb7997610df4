import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  accepts,
  cosineSimilarity,
  enrol,
  euclideanDistance,
  IdentityError,
  identify,
  meanDirection,
  normalise,
  type Template,
  UNKNOWN,
  verify,
} from '../src/index.js';

const model = { name: 'baseline-cosine', sha256: 'ab'.repeat(32) };
const createdAt = new Date('2024-05-06T07:08:09Z');

/** Embeddings of moderate size that are not all zero. */
const embedding = (length: number) =>
  fc
    .array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values))
    .filter((values) => values.some((value) => Math.abs(value) > 0.01));

const template = (subject: string, values: number[]): Template =>
  enrol([Float32Array.from(values)], { subject, model, createdAt });

function thrown(body: () => unknown): IdentityError {
  try {
    body();
  } catch (error) {
    expect(error).toBeInstanceOf(IdentityError);
    return error as IdentityError;
  }
  throw new Error('nothing was thrown');
}

describe('normalise', () => {
  test('gives norm 1 and keeps the direction', () => {
    expect(Array.from(normalise(Float32Array.of(3, 0, -4)))).toEqual([Math.fround(0.6), 0, Math.fround(-0.8)]);
    fc.assert(
      fc.property(embedding(16), (values) => {
        const unit = normalise(values);
        expect(Math.hypot(...unit)).toBeCloseTo(1, 5);
        const largest = values.reduce((best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best), 0);
        expect(Math.sign(unit[largest]!)).toBe(Math.sign(values[largest]!));
      }),
    );
  });

  test('does not change with a scale that float32 represents exactly', () => {
    fc.assert(
      fc.property(embedding(8), fc.constantFrom(0.25, 2, 64), (values, scale) => {
        // Denormal numbers have fewer bits: they do not scale exactly.
        const normal = values.map((value) => (Math.abs(value) < 1e-30 ? 0 : value));
        fc.pre(normal.some((value) => Math.abs(value) > 1e-12));
        expect(normalise(normal.map((value) => value * scale))).toEqual(normalise(normal));
      }),
    );
  });

  test.each([
    ['NaN', [1, Number.NaN], /holds NaN at index 1/],
    ['infinity', [Number.POSITIVE_INFINITY, 1], /holds Infinity at index 0/],
    ['zero', [0, 0], /squares sum to zero/],
    ['overflow', [1e30, 1e30], /squares sum to infinity/],
    ['nothing', [], /is empty/],
  ])('refuses %s with one clear error and a hint', (_, values, message) => {
    const error = thrown(() => normalise(Float32Array.from(values), 'probe 1'));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/probe 1/);
    expect(error.hint).not.toBe('');
  });
});

describe('enrol', () => {
  test('is the normalised mean of normalised embeddings: long ones weigh no more', () => {
    const made = enrol([Float32Array.of(1000, 0), Float32Array.of(0, 0.001)], { subject: 'ada', model, createdAt });
    expect(made.embedding[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(made.embedding[1]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(made).toMatchObject({ subject: 'ada', count: 2, model, createdAt: '2024-05-06T07:08:09.000Z' });
  });

  test('does not depend on the order of the windows beyond rounding', () => {
    // Without negative numbers nothing cancels, so rounding stays small.
    const positive = embedding(6).map((values) => values.map(Math.abs));
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 6 }), (embeddings) => {
        const forward = meanDirection(embeddings);
        expect(euclideanDistance(forward, meanDirection([...embeddings].reverse()))).toBeLessThan(1e-5);
      }),
    );
  });

  test('refuses embeddings that cancel out, that differ in length, that are none, and unusable names', () => {
    const details = { subject: 'ada', model, createdAt };
    expect(thrown(() => enrol([Float32Array.of(1, 0), Float32Array.of(-2, 0)], details)).message).toMatch(/mean of 2/);
    expect(thrown(() => enrol([Float32Array.of(1, 0), Float32Array.of(1)], details)).message).toMatch(
      /"ada" 2 of 2 has 1 numbers where 2/,
    );
    expect(thrown(() => enrol([], details)).message).toMatch(/no enrolment embedding of "ada"/);
    expect(thrown(() => template(UNKNOWN, [1])).message).toMatch(/"unknown"/);
    expect(thrown(() => enrol([Float32Array.of(1)], { ...details, createdAt: new Date('?') })).message).toMatch(/time/);
  });
});

describe('metrics', () => {
  test('cosine and Euclidean tell the same story on unit vectors', () => {
    fc.assert(
      fc.property(embedding(12), embedding(12), (a, b) => {
        const [u, v] = [normalise(a), normalise(b)];
        expect(euclideanDistance(u, v) ** 2).toBeCloseTo(2 - 2 * cosineSimilarity(u, v), 4);
        expect(cosineSimilarity(u, v)).toBe(cosineSimilarity(v, u));
        expect(cosineSimilarity(u, u)).toBeCloseTo(1, 5);
      }),
    );
  });

  test('the threshold itself is accepted, by either metric from its own side', () => {
    expect(accepts({ metric: 'cosine', value: 0.5 }, 0.5)).toBe(true);
    expect(accepts({ metric: 'cosine', value: 0.5 }, 0.4)).toBe(false);
    expect(accepts({ metric: 'euclidean', value: 0.5 }, 0.5)).toBe(true);
    expect(accepts({ metric: 'euclidean', value: 0.5 }, 0.6)).toBe(false);
  });

  test('refuses different lengths', () => {
    expect(thrown(() => cosineSimilarity(Float32Array.of(1), Float32Array.of(1, 0))).message).toMatch(/1 and 2/);
  });
});

describe('verify', () => {
  const ada = template('ada', [1, 0, 0]);

  test('accepts the same direction and refuses another, for both metrics', () => {
    for (const threshold of [
      { metric: 'cosine', value: 0.8 },
      { metric: 'euclidean', value: 0.6 },
    ] as const) {
      expect(verify(ada, [Float32Array.of(5, 0.1, 0)], threshold).accepted).toBe(true);
      expect(verify(ada, [Float32Array.of(0, 1, 0)], threshold).accepted).toBe(false);
    }
  });

  test('pools several windows before it decides', () => {
    const windows = [Float32Array.of(1, 1, 0), Float32Array.of(1, -1, 0)];
    const threshold = { metric: 'cosine', value: 0.9 } as const;
    expect(windows.map((window) => verify(ada, [window], threshold).accepted)).toEqual([false, false]);
    expect(verify(ada, windows, threshold)).toMatchObject({ accepted: true, windows: 2 });
  });

  test('refuses a probe of another model, and a threshold that is no number', () => {
    expect(thrown(() => verify(ada, [Float32Array.of(1)], { metric: 'cosine', value: 0 })).hint).toMatch(/same model/);
    const nan = { metric: 'cosine', value: Number.NaN } as const;
    expect(thrown(() => verify(ada, [Float32Array.of(1, 0, 0)], nan)).message).toMatch(/threshold/);
  });
});

describe('identify', () => {
  const gallery = [template('ada', [1, 0, 0]), template('bob', [0, 1, 0]), template('cem', [0, 1, 1])];

  test('ranks the gallery and names the best, or calls a stranger unknown', () => {
    for (const metric of ['cosine', 'euclidean'] as const) {
      const threshold = { metric, value: metric === 'cosine' ? 0.9 : 0.5 };
      const found = identify(gallery, [Float32Array.of(0.1, 2, 0)], threshold);
      expect(found.subject).toBe('bob');
      expect(found.ranking.map(({ subject }) => subject)).toEqual(['bob', 'cem', 'ada']);
      expect(identify(gallery, [Float32Array.of(0, 0, -1)], threshold).subject).toBe(UNKNOWN);
    }
  });

  test('keeps the order of the gallery among equals', () => {
    const twins = [template('x', [1, 0]), template('y', [1, 0])];
    const ranking = identify(twins, [Float32Array.of(1, 0)], { metric: 'cosine', value: 0 }).ranking;
    expect(ranking.map(({ subject }) => subject)).toEqual(['x', 'y']);
  });

  test('an empty gallery knows nobody', () => {
    expect(identify([], [Float32Array.of(1)], { metric: 'cosine', value: 0 })).toEqual({
      subject: UNKNOWN,
      ranking: [],
      windows: 1,
    });
  });

  test('refuses a gallery of two models and names both', () => {
    const other = { ...gallery[1]!, model: { name: 'resnet34', sha256: 'cd'.repeat(32) } };
    const error = thrown(() =>
      identify([gallery[0]!, other], [Float32Array.of(1, 0, 0)], { metric: 'cosine', value: 0 }),
    );
    expect(error.message).toMatch(/"ada" .*baseline-cosine.*"bob" .*resnet34/);
  });
});

/** Probabilities against what became of them: by hand, and for answers whose probabilities are true. */
import { describe, expect, test } from '@jest/globals';
import {
  CALIBRATION_BINS,
  type ConfidentAnswer,
  calibrationErrorOverSubjects,
  expectedCalibrationError,
  IdentityError,
  SeededRandom,
  wilson,
} from '../src/index.js';

const answer = (confidence: number, isRight: boolean): ConfidentAnswer => ({ confidence, isRight });
const times = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));

/** Answers of 0.2 … 1 that are right as often as they say, unless their confidence is raised afterwards. */
function truthful(count: number, random: SeededRandom, raised = (confidence: number) => confidence) {
  return times(count, () => {
    const probability = 0.2 + 0.8 * (random.bits() / 2 ** 32);
    return answer(raised(probability), random.bits() / 2 ** 32 < probability);
  });
}

describe('expectedCalibrationError', () => {
  test('weighs the distance of each bin with its answers', () => {
    // 0.90 and 0.92 share the bin 13/15 … 14/15: accuracy 1/2 against 0.91. 0.5 stands alone, and is right.
    const answers = [answer(0.9, true), answer(0.92, false), answer(0.5, true)];
    expect(expectedCalibrationError(answers)).toBeCloseTo((2 * 0.41 + 0.5) / 3, 12);
  });

  test('is 0 where every bin is as often right as it says, however its answers differ', () => {
    const answers = [answer(0.74, true), answer(0.74, true), answer(0.76, true), answer(0.76, false)];
    expect(expectedCalibrationError(answers)).toBeCloseTo(0, 12);
  });

  test('does not let one bin make up for another', () => {
    const answers = [answer(1, false), answer(0.5, true), answer(0.5, true)];
    // By confidence and accuracy of all alone it would be 0.
    expect(expectedCalibrationError(answers)).toBeCloseTo((1 + 2 * 0.5) / 3, 12);
  });

  test('has 15 bins, each with its upper bound', () => {
    expect(CALIBRATION_BINS).toBe(15);
    const together = (a: number, b: number) => expectedCalibrationError([answer(a, true), answer(b, false)]);
    const shared = (a: number, b: number) => Math.abs(1 - a - b) / 2;
    const apart = (a: number, b: number) => (1 - a + b) / 2;
    expect(together(0.601, 0.666)).toBeCloseTo(shared(0.601, 0.666), 12);
    // 0.6 = 9/15.
    expect(together(0.599, 0.6)).toBeCloseTo(shared(0.599, 0.6), 12);
    expect(together(0.6, 0.601)).toBeCloseTo(apart(0.6, 0.601), 12);
    expect(together(0.934, 1)).toBeCloseTo(shared(0.934, 1), 12);
    expect(together(0, 0.06)).toBeCloseTo(shared(0, 0.06), 12);
  });

  test('is small for true probabilities, large for exaggerated ones', () => {
    expect(expectedCalibrationError(truthful(20_000, new SeededRandom(1)))).toBeLessThan(0.015);
    const exaggerated = truthful(20_000, new SeededRandom(1), (confidence) => confidence ** 0.25);
    // The mean of p^(1/4) − p over 0.2 … 1, by its integral.
    expect(expectedCalibrationError(exaggerated)).toBeCloseTo((0.8 * (1 - 0.2 ** 1.25) - 0.48) / 0.8, 2);
  });

  test('is unknown of no answers; what is no probability is refused', () => {
    expect(expectedCalibrationError([])).toBeNaN();
    for (const confidence of [-0.1, 1.1, Number.NaN]) {
      expect(() => expectedCalibrationError([answer(confidence, true)])).toThrow(IdentityError);
      expect(() => expectedCalibrationError([answer(confidence, true)])).toThrow(`the confidence ${confidence}`);
    }
  });
});

describe('calibrationErrorOverSubjects', () => {
  const random = new SeededRandom(3);
  const subjects = times(60, () => truthful(5, random, (confidence) => confidence ** 0.5));

  test('has the value of all answers together; subjects without answers do not count', () => {
    const rate = calibrationErrorOverSubjects(subjects, { seed: 1 });
    expect(rate.value).toBeCloseTo(expectedCalibrationError(subjects.flat()), 12);
    expect(rate.low).toBeLessThan(rate.value);
    expect(rate.high).toBeGreaterThan(rate.value);
    expect(calibrationErrorOverSubjects([[], ...subjects, []], { seed: 1 })).toEqual(rate);
    expect(calibrationErrorOverSubjects([[], []], { seed: 1 })).toEqual({ value: Number.NaN, low: 0, high: 1 });
  });

  test('is the same for the same seed', () => {
    const run = (seed: number) => calibrationErrorOverSubjects(subjects, { seed });
    expect(run(2)).toEqual(run(2));
    expect(run(2)).not.toEqual(run(3));
  });

  test('draws subjects with all of their answers: two of them give three samples', () => {
    const sure = [answer(1, true), answer(1, true)];
    const wrong = [answer(0.9, false)];
    // Each alone: 0 and 0.9. Together, of three answers one is wrong.
    const { value, low, high } = calibrationErrorOverSubjects([sure, wrong], { seed: 1 });
    expect(value).toBeCloseTo(0.9 / 3, 12);
    expect([low, high]).toEqual([0, expect.closeTo(0.9, 12)]);
  });

  test('answers of one subject are no independent evidence: ten of each do not narrow the interval', () => {
    const often = subjects.map((own) => times(10, () => own).flat());
    const [once, more] = [subjects, often].map((all) => calibrationErrorOverSubjects(all, { seed: 4 }));
    for (const bound of ['value', 'low', 'high'] as const) expect(more![bound]).toBeCloseTo(once![bound], 12);
  });

  test('without any error the interval is not a point', () => {
    const perfect = times(30, () => [answer(1, true)]);
    const rate = calibrationErrorOverSubjects(perfect, { seed: 1 });
    expect(rate).toEqual({ value: 0, low: 0, high: wilson(0, 30).high });
  });
});

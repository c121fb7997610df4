/** Calibration of a closed set as a figure: counted by hand, records of a person together. */
import { describe, expect, test } from '@jest/globals';
import { calibrationFigure } from '../src/protocols/calibration-figure.js';
import type { IdentifiedRecord } from '../src/protocols/closed-set-answers.js';

/** Answers with their probabilities, about a record of a person whose number in the model is `truth`. */
function identified(
  subject: number,
  truth: number,
  ...answers: readonly (readonly [answer: number, confidence: number])[]
): IdentifiedRecord {
  const windows = answers.map(([answer]) => answer);
  return {
    ...{ subject, windows: windows.length, answers: { accuracy: { truth, windows, record: windows[0] } } },
    confidences: answers.map(([, confidence]) => confidence),
  };
}

const options = { seed: 1, resamples: 200 };

describe('calibrationFigure', () => {
  const records = [
    identified(0, 7, [7, 0.95], [7, 0.96], [3, 0.5]),
    identified(1, 3, [7, 0.97], [7, 0.52]),
    identified(0, 7, [7, 0.98]),
    identified(2, 5),
  ];

  test('is over the windows of all records, each against its own person', () => {
    // Of the four windows above 14/15 three are right, of the two in 7/15 … 8/15 none.
    const gaps = Math.abs(3 - (0.95 + 0.96 + 0.97 + 0.98)) + (0.5 + 0.52);
    expect(calibrationFigure(records, options)).toMatchObject({
      ...{ value: expect.closeTo(gaps / 6, 12), n: 6, subjects: 2 },
    });
  });

  test('has an interval over persons, with all records of each', () => {
    // Drawn twice the first person is off by 0.11 and 0.5 in four windows, the second by 0.97 and 0.52 in two.
    const { low, high } = calibrationFigure(records, options)!;
    expect(low).toBeCloseTo((0.11 + 0.5) / 4, 12);
    expect(high).toBeCloseTo((0.97 + 0.52) / 2, 12);
  });

  test('is none where templates answered', () => {
    const answered = records.map((record) => ({ ...record, confidences: undefined }));
    expect(calibrationFigure(answered, options)).toBeUndefined();
  });
});

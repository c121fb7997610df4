/** Where windows may begin, and signal of nobody. */
import { bandSignal } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { NO_LABEL } from '../../src/losses/class-targets.js';
import { RecipeError } from '../../src/recipe-error.js';
import { anonymousStretch, type LabelledStretch, windowStarts } from '../../src/recipes/dt4ecg/activity-examples.js';
import { ecgOf } from '../synthetic-data-sets.js';
import { digestOf } from './digest.js';

const stretch = (length: number): LabelledStretch => ({ samples: new Float32Array(length), identity: 0, activity: 0 });

describe('windows', () => {
  test('begin every so many samples, as long as they lie inside their stretch', () => {
    const stretches = [stretch(1000), stretch(999), stretch(1001), stretch(1250)];
    const starts = windowStarts(stretches, 1000, 125);
    expect(starts.map(({ stretch, start }) => [stretches.indexOf(stretch), start])).toEqual([
      [0, 0],
      [2, 0],
      [3, 0],
      [3, 125],
      [3, 250],
    ]);
  });

  test.each([[[]], [[stretch(999), stretch(0)]]])('are refused where none fits', (stretches) => {
    expect(() => windowStarts(stretches, 1000, 125)).toThrow(RecipeError);
    expect(() => windowStarts(stretches, 1000, 125)).toThrow(
      `none of the ${stretches.length} stretches of signal holds a window of 1000 samples`,
    );
  });
});

describe('a recording of nobody', () => {
  const samples = ecgOf(1, { rate: 500, seconds: 8, seed: 1 });

  test('goes through the signal path and keeps its activity alone', () => {
    const {
      identity,
      activity,
      samples: filtered,
    } = anonymousStretch({ samples, rate: 500, activity: 'arms' }, ['rest', 'arms']);
    expect([identity, activity]).toEqual([NO_LABEL, 1]);
    expect(digestOf(filtered)).toBe(digestOf(bandSignal(samples, 500_000)));
    expect(filtered.length).toBeGreaterThan(1990);
  });

  test('is refused where its activity is no class', () => {
    const error = (() => {
      try {
        return anonymousStretch({ samples, rate: 500, activity: 'flying' }, ['rest', 'arms']);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(RecipeError);
    expect(error).toMatchObject({
      message: 'there is no class for the activity "flying"',
      hint: 'The classes are rest, arms.',
    });
  });
});

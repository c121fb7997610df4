/** Signal with labels, from which DT4ECG's training windows are cut. */
import { bandSignal } from '@edgebeat/ecg';
import { NO_LABEL } from '../../losses/class-targets.js';
import { RecipeError } from '../../recipe-error.js';

export interface LabelledStretch {
  /** 0.5–40 Hz at 250 Hz, mV, unbroken. */
  readonly samples: Float32Array;
  /** Index of the person, or `NO_LABEL`. */
  readonly identity: number;
  /** Index of the activity. */
  readonly activity: number;
}

/** A place where a window may begin. */
export interface WindowStart {
  readonly stretch: LabelledStretch;
  readonly start: number;
}

/**
 * Windows every `hop` samples over all stretches that hold one; training moves each by chance, so that every place of the
 * signal comes up.
 *
 * @throws RecipeError where no stretch is long enough.
 */
export function windowStarts(stretches: readonly LabelledStretch[], length: number, hop: number): WindowStart[] {
  const starts = stretches.flatMap((stretch) => {
    const count = Math.floor((stretch.samples.length - length) / hop) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, index) => ({ stretch, start: index * hop }));
  });
  if (starts.length > 0) return starts;
  throw new RecipeError(
    `none of the ${stretches.length} stretches of signal holds a window of ${length} samples`,
    'Train on longer parts of the recordings, or on shorter windows.',
  );
}

/** Signal of nobody: a recording without a person, as the simulator makes them. */
export interface AnonymousRecording {
  /** mV. */
  readonly samples: Float32Array;
  /** Hz. */
  readonly rate: number;
  /** Name of the activity. */
  readonly activity: string;
}

/**
 * Sends a recording through the signal path and labels it with its activity alone.
 *
 * @param activities classes, in order.
 * @throws RecipeError for an activity that is none of them; RateError outside 60–4,000 Hz.
 */
export function anonymousStretch(
  { samples, rate, activity }: AnonymousRecording,
  activities: readonly string[],
): LabelledStretch {
  const index = activities.indexOf(activity);
  if (index < 0) {
    throw new RecipeError(
      `there is no class for the activity "${activity}"`,
      `The classes are ${activities.join(', ')}.`,
    );
  }
  return { samples: bandSignal(samples, Math.round(1000 * rate)), identity: NO_LABEL, activity: index };
}

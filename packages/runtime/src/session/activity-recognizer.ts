/** What the wearer does: the model's probabilities, averaged over the latest windows. */
import { sampleRate } from '@edgebeat/ecg';
import type { ActivityMessage } from '@edgebeat/wire';
import type { ActivityModel } from '../model/activity-model.js';
import { RuntimeError } from '../runtime-error.js';

export interface ActivityRecognizerOptions {
  /** Windows whose probabilities are averaged for one answer. Default 3. */
  readonly windows?: number;
  /** Samples at 250 Hz from one window to the next, at most a window's length. Default 250: an answer every second. */
  readonly hop?: number;
  /** Windows of which a smaller share (0 to 1) of the seconds is usable are not looked at. Default 0.75. */
  readonly lowestUsable?: number;
}

/** What the recognizer adds to the fields that every result has. */
export type ActivityAnswer = Pick<ActivityMessage, 'activity' | 'score' | 'model' | 'windows'>;

const defaultWindows = 3;
const defaultLowestUsable = 0.75;

/**
 * One window more or less looks like another activity; the mean over `windows` of them does so less often, and follows a
 * change of activity by so many hops later. Windows on either side of a gap, of lost contact or of a window that could not
 * be looked at are not averaged.
 */
export class ActivityRecognizer {
  /** Samples of a window. */
  readonly length: number;
  /** Samples from one window to the next. */
  readonly hop: number;
  private readonly model: ActivityModel;
  private readonly windows: number;
  private readonly lowestUsable: number;
  private held: Float64Array[] = [];

  /** @throws RuntimeError for a hop or a number of windows that is not 1 or more. */
  constructor(model: ActivityModel, options: ActivityRecognizerOptions = {}) {
    const { windows = defaultWindows, hop = sampleRate, lowestUsable = defaultLowestUsable } = options;
    for (const [name, value] of Object.entries({ windows, hop })) {
      if (Number.isInteger(value) && value >= 1) continue;
      throw new RuntimeError(`${name} of activity: ${value}`, 'Give a whole number, 1 or more.');
    }
    this.model = model;
    this.length = model.samples;
    this.hop = Math.min(model.samples, hop);
    this.windows = windows;
    this.lowestUsable = lowestUsable;
  }

  /**
   * @param samples `[length]`, z-scored; the next one `hop` samples after the one before.
   * @param usable share of its seconds whose signal can be used, 0 to 1.
   * @returns the answer to publish.
   */
  async update(samples: Float32Array, usable: number): Promise<ActivityAnswer> {
    if (usable < this.lowestUsable) return this.reset();
    const earlier = this.held;
    // Until the model has answered there is a hole here, and windows on either side of it are not averaged.
    this.held = [];
    const probabilities = await this.model.classify(samples);
    this.held = [...earlier, probabilities].slice(-this.windows);
    const windows = this.held.length;
    const mean = this.model.activities.map((_, i) => this.held.reduce((sum, row) => sum + row[i]!, 0) / windows);
    const best = mean.reduce((at, value, i) => (value > mean[at]! ? i : at), 0);
    return this.answer(this.model.activities[best]!, Math.min(1, mean[best]!), windows);
  }

  /** The stretch of signal has ended: windows before and after that are not averaged. */
  interrupt(): void {
    this.held = [];
  }

  /** Contact was lost, or a window could not be looked at. @returns the answer to publish: nothing is known. */
  reset(): ActivityAnswer {
    this.held = [];
    return this.answer(null, null, 0);
  }

  private answer(activity: string | null, score: number | null, windows: number): ActivityAnswer {
    return { activity, score, model: this.model.reference.name, windows };
  }
}

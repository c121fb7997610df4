/** What a training with fake quantization chooses beside what any training does, as plain JSON. */

export interface QuantizationRecipe {
  /** Windows of the training records, as recorded, that tell the ranges of activations. */
  readonly calibrationWindows: number;
  /** Share of a tensor's elements that its range holds (see `CalibrationOptions`). */
  readonly coverage: number;
}

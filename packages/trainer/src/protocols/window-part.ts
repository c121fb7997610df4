/** Identity windows of a part of a record, some or all: what trains or tests where one record does both. */
import type { DataSetRecord } from '../datasets/data-set.js';
import { identityStretches } from '../datasets/identity-stretches.js';
import type { RecordPart } from '../datasets/record-part.js';
import type { IdentityModelMetadata } from '../inference/embedding-model.js';

export interface WindowPart<R extends DataSetRecord = DataSetRecord> {
  readonly record: R;
  readonly part: RecordPart;
  /**
   * Whether a window belongs to it; all do where this is missing. Windows are numbered from 0, in order, through all stretches
   * that `identityStretches` gives of the part at stride 1.
   */
  readonly includes?: (window: number) => boolean;
}

/** Reads the windows of a part, as `windowsOf` does. */
export type WindowReader = typeof windowsOf;

/**
 * Its windows, each one beat after the one before.
 *
 * @returns each `[3, 300]`, row by row, normalised as the model wants; empty where no three consecutive beats were found.
 * @throws RecordError for a record that cannot be read.
 */
export async function windowsOf(
  { record, part, includes = () => true }: WindowPart,
  { normalize }: Pick<IdentityModelMetadata, 'normalize'>,
): Promise<Float32Array[]> {
  const stretches = await identityStretches(record, { part, normalize });
  return stretches
    .flatMap(({ windows }) => windows)
    .filter((_, index) => includes(index))
    .map(({ samples }) => samples);
}

/** Fits `baseline-lda` on recordings. */
import type { Model } from '@edgebeat/graph';
import { baselineLda, type LinearMap, type PersonScores } from '@edgebeat/models';
import { Matrix } from 'ml-matrix';
import type { WindowPart } from '../../protocols/window-part.js';
import { RecipeError } from '../../recipe-error.js';
import { type IdentityData, loadIdentityData } from '../identity/identity-data.js';
import { cropsOf } from './cropped-windows.js';
import { type LinearDiscriminants, linearDiscriminants } from './linear-discriminants.js';

export interface BaselineLdaFitOptions {
  /**
   * Whether the model is to answer who of the persons it was fitted on a window shows: it then has `logits`, and is fitted to
   * tell records apart instead of persons. A heart as one electrode saw it that day is a narrower class than a person, which
   * helps with windows of the same records and hurts with other days. Default false.
   */
  readonly closedSet?: boolean;
}

/** Chosen on training persons, and for closed sets with training on [0, 0.5) and validation on [0.5, 0.7) of the records. */
const COMPONENTS = 100;
const SHRINKAGE = 0.1;

/** With two, the embedding is one number, and every cosine is 1 or −1. */
const FEWEST_PERSONS = 3;

/**
 * Fits the model on all windows of parts of records; a person without any is unknown to it.
 *
 * The embedding has as many dimensions as there are classes less one, 100 at most. The logit of a person is the linear
 * discriminant score (log-likelihood up to a constant, classes being normal with a common covariance) of the person's most
 * similar record.
 *
 * @throws RecordError for a record that cannot be read; RecipeError for fewer than three persons, or too few windows.
 */
export async function fitBaselineLda(
  parts: readonly WindowPart[],
  { closedSet = false }: BaselineLdaFitOptions = {},
): Promise<Model> {
  const data = await loadIdentityData(parts);
  const persons = new Set(data.records.map(({ person }) => person)).size;
  if (persons < FEWEST_PERSONS) {
    throw new RecipeError(
      `recordings of ${persons} persons hold three consecutive beats`,
      `Discriminants of so few make no embedding: fit on recordings of at least ${FEWEST_PERSONS} persons.`,
    );
  }
  const crops = await cropsOf(data);
  const classOfRecord = closedSet ? [...data.records.keys()] : classesOf(data.records.map(({ person }) => person));
  const discriminants = linearDiscriminants(
    { rows: crops.flat(), classes: crops.flatMap((rows, record) => rows.map(() => classOfRecord[record]!)) },
    { components: COMPONENTS, shrinkage: SHRINKAGE },
  );
  return baselineLda({
    projection: projectionOf(discriminants),
    ...(closedSet && { scores: scoresOf(discriminants, data) }),
    training: { data: data.dataSets, records: data.trainingRecords },
  });
}

/** Numbers without holes, in the order of first appearance. */
function classesOf(persons: readonly number[]): number[] {
  const present = [...new Set(persons)];
  return persons.map((person) => present.indexOf(person));
}

function projectionOf({ mean, projection }: LinearDiscriminants): LinearMap {
  const centre = Matrix.rowVector([...mean]).mmul(projection);
  return { weight: rowMajor(projection), bias: rowMajor(centre.neg()) };
}

/** Of every record: y · m − |m|² / 2, m its mean. */
function scoresOf({ classMeans }: LinearDiscriminants, { records, persons }: IdentityData): PersonScores {
  const squares = classMeans.clone().pow(2).sum('row');
  return {
    weight: rowMajor(classMeans.transpose()),
    bias: Float32Array.from(squares, (square) => -square / 2),
    persons: records.map(({ person }) => persons[person]!),
  };
}

function rowMajor(matrix: Matrix): Float32Array {
  return Float32Array.from(matrix.to1DArray());
}

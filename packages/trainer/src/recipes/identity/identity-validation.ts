/** How well an identity network does on windows that did not train it: among persons it knows, and on strangers. */
import { encodeModel, type Model } from '@edgebeat/graph';
import {
  cosineSimilarity,
  type ErrorCurve,
  equalErrorRate,
  errorCurve,
  expectedCalibrationError,
  fnmrAtFmr,
  meanDirection,
} from '@edgebeat/identity';
import { softmax } from '../../inference/softmax.js';
import { WindowSession } from '../../inference/window-session.js';
import { mostProbable, sumOf } from '../../protocols/classify-records.js';
import { interleavedSets } from '../../protocols/probe-sets.js';
import { RecipeError } from '../../recipe-error.js';
import { fitTemperature, type LabelledLogits } from './fit-temperature.js';

/** Windows of a person whom the network's logits know. */
export interface KnownWindows {
  /** Index of the person among the logits. */
  readonly person: number;
  /** Each `[3, 300]`, normalised. */
  readonly windows: readonly Float32Array[];
}

/** How well known persons are recognised. */
export interface KnownPersonRates extends Readonly<Record<string, number>> {
  /** Share of the windows whose highest logit is that of their person. */
  readonly accuracy: number;
  /** Share of the records, by the mean of the probabilities. */
  readonly accuracyPerRecord: number;
  /** Expected calibration error of the windows' probabilities. */
  readonly ece: number;
  /** For a recipe: the one at which these windows are most likely to be of their persons (see `fitTemperature`). */
  readonly temperature: number;
  /** The error at that temperature; a little too low, as the same windows chose it. */
  readonly 'ece calibrated': number;
}

/**
 * @param records each a record, or a part of one.
 * @throws RecipeError where no record holds a window, and for logits that are not finite.
 */
export async function knownPersonRates(
  model: Model,
  records: readonly KnownWindows[],
  threads: number,
): Promise<KnownPersonRates> {
  const judged = records.filter(({ windows }) => windows.length > 0);
  if (judged.length === 0)
    throw new RecipeError('no record to validate on holds a window', 'Validate on longer parts.');
  const rows = await outputsOf(
    model,
    judged.map(({ windows }) => windows),
    'logits',
    threads,
  );
  const windows = rows.flatMap((logits, index) => logits.map((row) => ({ logits: row, truth: judged[index]!.person })));
  const isRight = (probabilities: ArrayLike<number>, person: number) => mostProbable(probabilities) === person;
  const windowHits = windows.filter(({ logits, truth }) => isRight(logits, truth)).length;
  const recordHits = rows.filter((logits, index) => isRight(sumOf(logits.map(softmax)), judged[index]!.person)).length;
  const temperature = fitTemperature(windows);
  return {
    accuracy: windowHits / windows.length,
    accuracyPerRecord: recordHits / judged.length,
    ece: calibrationError(windows, 1),
    temperature,
    'ece calibrated': calibrationError(windows, temperature),
  };
}

/** Expected calibration error of softmax(logits / temperature). */
function calibrationError(windows: readonly LabelledLogits[], temperature: number): number {
  return expectedCalibrationError(
    windows.map(({ logits, truth }) => {
      const probabilities = softmax(Float64Array.from(logits, (logit) => logit / temperature));
      const answer = mostProbable(probabilities);
      return { confidence: probabilities[answer]!, isRight: answer === truth };
    }),
  );
}

/** Strangers: who enrols, and who probes. */
export interface StrangerRecord {
  readonly subject: string;
  /** Records of one condition are compared with each other's templates: `heartprint 1 to 2`. */
  readonly condition: string;
  readonly role: 'template' | 'probe';
  readonly windows: readonly Float32Array[];
}

/** Windows of a probe. */
const PROBE = 5;

/**
 * 1 − EER, 1 − FNMR at FMR 1 % and the area under the ROC curve for every condition, named `CONDITION eer`, `CONDITION fnmr` and
 * `CONDITION auc`; as `mean` the mean of the areas, which a few persons move less than the other two. A template is the mean
 * direction of all windows of a person's template records; a probe that of five windows of one record, dealt so that each spreads
 * over the record. Conditions without a genuine or an impostor comparison are left out.
 *
 * @throws RecipeError where that leaves none.
 */
export async function strangerRates(
  model: Model,
  records: readonly StrangerRecord[],
  threads: number,
): Promise<Record<string, number>> {
  const embeddings = await outputsOf(
    model,
    records.map(({ windows }) => windows),
    'embedding',
    threads,
  );
  const figures: Record<string, number> = {};
  const areas: number[] = [];
  for (const condition of new Set(records.map((record) => record.condition))) {
    const templates = new Map<string, Float32Array[]>();
    records.forEach((record, index) => {
      if (record.condition !== condition || record.role !== 'template') return;
      templates.set(record.subject, [...(templates.get(record.subject) ?? []), ...embeddings[index]!]);
    });
    const enrolled = [...templates]
      .filter(([, rows]) => rows.length > 0)
      .map(([subject, rows]) => ({ subject, direction: meanDirection(rows) }));
    const genuine: number[] = [];
    const impostor: number[] = [];
    records.forEach((record, index) => {
      if (record.condition !== condition || record.role !== 'probe') return;
      for (const group of probesOf(embeddings[index]!)) {
        const probe = meanDirection(group);
        for (const { subject, direction } of enrolled)
          (subject === record.subject ? genuine : impostor).push(cosineSimilarity(direction, probe));
      }
    });
    // A single person of a data set, say, has nobody to be taken for.
    if (genuine.length === 0 || impostor.length === 0) continue;
    const curve = errorCurve(genuine, impostor);
    figures[`${condition} eer`] = 1 - equalErrorRate(curve).value;
    figures[`${condition} fnmr`] = 1 - fnmrAtFmr(curve, 0.01);
    const area = areaUnder(curve);
    figures[`${condition} auc`] = area;
    areas.push(area);
  }
  if (areas.length === 0) {
    throw new RecipeError(
      'no two strangers to validate on can be compared under one condition',
      'Validate on more persons, and on several records of each.',
    );
  }
  return { ...figures, mean: areas.reduce((sum, area) => sum + area, 0) / areas.length };
}

/** Of the ROC curve, 1 − FNMR over FMR. */
function areaUnder({ fmr, fnmr }: ErrorCurve): number {
  let area = 0;
  for (let i = 1; i < fmr.length; i++) area += (fmr[i]! - fmr[i - 1]!) * (1 - (fnmr[i]! + fnmr[i - 1]!) / 2);
  return area;
}

/** Sets of a probe's size, each spread over all; one smaller set where there are fewer. */
function probesOf<T>(all: readonly T[]): T[][] {
  return all.length === 0 ? [] : interleavedSets(all, Math.min(PROBE, all.length));
}

/** Outputs of windows, list by list. */
async function outputsOf(
  model: Model,
  lists: readonly (readonly Float32Array[])[],
  output: string,
  threads: number,
): Promise<Float32Array[][]> {
  const { inputs } = model.graph;
  const file = { name: model.graph.name, bytes: encodeModel(model), inputs };
  const session = await WindowSession.create(file, [3, 300], { threads });
  try {
    const rows = (await session.run(lists.flat(), [output]))[output]!;
    let end = 0;
    return lists.map(({ length }) => {
      end += length;
      return rows.slice(end - length, end);
    });
  } finally {
    await session.release();
  }
}

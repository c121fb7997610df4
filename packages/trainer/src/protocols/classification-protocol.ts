/** Makes a protocol in which a model classifies windows of test records: only the choice of these records differs. */
import type { DataSet, Publication } from '../datasets/data-set.js';
import type { TrainingRecord } from '../datasets/record-part.js';
import type { ActivityModel, Task } from '../inference/activity-model.js';
import { type ClassificationReport, type Figure, REPORT_SCHEMA } from '../report/evaluation-report.js';
import { classificationRow, confusionMatrix } from './classification-figures.js';
import { type ActivityRecord, classifyRecords } from './classify-records.js';
import type { ClassificationProtocol } from './protocol.js';
import { ProtocolError } from './protocol-error.js';
import { requireUnseen, type TestPart, trainingRecordsOf } from './training-overlap.js';

/** Some of the records, which get a row of their own. */
export interface Condition<R> {
  /** `electrode 03 (textile)`, `running`, … */
  readonly condition: string;
  /** Suffix of its figures in the report: `Running` makes `activityRunning`. */
  readonly suffix: string;
  readonly belongs: (record: R) => boolean;
}

export interface ClassificationDefinition<R extends ActivityRecord> {
  readonly name: string;
  readonly description: string;
  readonly publication: Publication;
  readonly load: (dataDir: string) => Promise<DataSet<R>>;
  /** What it judges, as far as a model has it. */
  readonly tasks: readonly Task[];
  /**
   * @param seen what the model was trained on, of this data set; empty where it does not tell.
   * @throws ProtocolError when nothing is left to test.
   */
  readonly select: (dataSet: DataSet<R>, seen: readonly TrainingRecord[]) => readonly TestPart<R>[];
  /** Rows beside that of all records. */
  readonly conditions: readonly Condition<R>[];
}

export function classificationProtocol<R extends ActivityRecord>(
  definition: ClassificationDefinition<R>,
): ClassificationProtocol {
  const { name, description, publication, load, select, conditions } = definition;
  return {
    name,
    description,
    windows: 'activity',
    async run(model, dataDir, options = {}): Promise<ClassificationReport> {
      const { seed = 1, resamples = 1000 } = options;
      const tasks = judgedTasks(definition, model);
      const dataSet = await load(dataDir);
      const seen = trainingRecordsOf(model.metadata.training, dataSet.name);
      const tests = select(dataSet, seen ?? []);
      const training = seen === undefined ? 'unstated' : requireUnseen(seen, tests);
      const classified = await classifyRecords(tests, model, tasks, options);
      const all: Condition<R> = { condition: 'all', suffix: '', belongs: () => true };
      const rows = [];
      const metrics: Record<string, Figure> = {};
      for (const { condition, suffix, belongs } of [all, ...conditions]) {
        options.onProgress?.({ step: 'intervals', done: rows.length, total: conditions.length + 1 });
        const part = classified.filter(({ record }) => belongs(record));
        if (part.length === 0) continue;
        const row = classificationRow(part, condition, tasks, { seed, resamples });
        rows.push(row);
        for (const [figure, value] of Object.entries(row.metrics)) metrics[figure + suffix] = value;
      }
      const [{ subjects, windows }] = rows as [(typeof rows)[number]];
      return {
        schema: REPORT_SCHEMA,
        model: model.name,
        modelSha256: model.sha256,
        protocol: name,
        subjects,
        windows,
        metrics,
        rows,
        confusion: Object.fromEntries(
          tasks.map((task) => [task, confusionMatrix(classified, task, model.classes[task]!)]),
        ),
        data: {
          name: dataSet.name,
          complete: dataSet.complete,
          ...(publication.citation !== undefined && { citation: publication.citation }),
        },
        training,
        leaky: false,
        seed,
        resamples,
      };
    },
  };
}

/** The tasks of the protocol that the model has. */
function judgedTasks(
  { name, tasks }: Pick<ClassificationDefinition<ActivityRecord>, 'name' | 'tasks'>,
  model: ActivityModel,
): readonly Task[] {
  const judged = tasks.filter((task) => model.classes[task] !== undefined);
  if (judged.length > 0) return judged;
  throw new ProtocolError(
    `${model.name} has no output ${tasks.map((task) => `"${task}"`).join(' or ')}, which ${name} judges`,
    'Choose a protocol for what the model tells, or train it on both tasks.',
  );
}

/**
 * The table of identity models: every model that learns is trained for every protocol, and judged by it; the weights that come
 * with edgebeat are judged on the persons whom they have not seen. What is done is kept in a folder and not done again.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { weightsNames, weightsPath } from '@edgebeat/models';
import { type EvaluationReport, type IdentityTableColumn, identityTableRows, writeAtomically } from '@edgebeat/trainer';
import { evaluateApart } from '../evaluate/evaluate-apart.js';
import { trainToFile } from '../train/train-to-file.js';
import { trainableModels } from '../train/trainable-models.js';

export interface ComparisonOptions {
  readonly dataDir: string;
  /** Where models and reports are kept: `resnet34-ecg-id-closed-seed1.onnx`, the same with `.json`. */
  readonly outDir: string;
  readonly seed: number;
  /** Of `comparedModels`, those that are wanted beside `baseline-cosine`. */
  readonly models: readonly string[];
  /** Of networks; default those of the recipes. */
  readonly steps?: number;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** @param what is being done. */
  readonly onProgress: (what: string, done: number, total: number) => void;
}

/** Models that need no training, and those that are fitted or trained, teachers before their students. */
const untrained = ['baseline-cosine'];
export const comparedModels = ['baseline-lda', 'resnet34', 'deit-tiny', 'deit-micro'];
/** By these the shipped weights are judged on strangers; by others they would be asked about what they were trained on. */
const strangerProtocols = [
  'ecg-id/other-record',
  'ecg-id/other-date',
  'heartprint/cross-session',
  'verification/unseen',
];
/** What trains a model for a protocol that has no training of its own. */
const trainedBy: Readonly<Record<string, string>> = { 'ecg-id/other-date': 'verification/unseen' };

/** @throws what training and evaluation throw; the signal's reason once it is aborted: what is finished is kept. */
export async function compareIdentityModels(options: ComparisonOptions): Promise<IdentityTableColumn[]> {
  await mkdir(options.outDir, { recursive: true });
  const protocols = [...new Set(identityTableRows.map(({ protocol }) => protocol))];
  const columns: IdentityTableColumn[] = [];
  for (const name of untrained) {
    columns.push({ title: name, reports: await judge(weightsPath(name), name, protocols, options) });
  }
  const trained = comparedModels.filter((name) => options.models.includes(name));
  for (const name of trained) {
    const reports: EvaluationReport[] = [];
    for (const protocol of protocols) {
      const file = await trainedFile(name, trainedBy[protocol] ?? protocol, options);
      reports.push(...(await judge(file, keptName(name, protocol, options), [protocol], options)));
    }
    columns.push({ title: `${name}, trained for each protocol`, reports });
  }
  for (const name of trained) {
    if (!weightsNames().includes(name)) continue;
    const reports = await judge(weightsPath(name), `${name}-shipped`, strangerProtocols, options);
    columns.push({ title: `${name}, as shipped, on persons never seen`, reports });
  }
  return columns;
}

/** The model's file, trained now unless it is there; its teacher's is made first. */
async function trainedFile(name: string, protocol: string, options: ComparisonOptions): Promise<string> {
  const { dataDir, seed, steps, threads, signal, onProgress } = options;
  const file = join(options.outDir, `${keptName(name, protocol, options)}.onnx`);
  if (existsSync(file)) return file;
  const { prepare, teachers = [] } = trainableModels.find((one) => one.name === name)!;
  const [teacher] = await Promise.all(teachers.map((one) => trainedFile(one, protocol, options)));
  const what = `${name} for ${protocol}`;
  const training = await prepare({
    ...{ dataDir, protocol, seed, threads, validation: false },
    ...(teacher === undefined ? {} : { teacher }),
    ...(steps === undefined ? {} : { steps }),
  });
  const onStep = (step: number) => onProgress(what, step, training.steps);
  await trainToFile(training.run, file, { threads, signal, onStep });
  return file;
}

/** Reports of a model, each made now unless it is there for these very weights. */
async function judge(
  model: string,
  name: string,
  protocols: readonly string[],
  { dataDir, outDir, signal, onProgress }: ComparisonOptions,
): Promise<EvaluationReport[]> {
  const sha256 = createHash('sha256')
    .update(await readFile(model))
    .digest('hex');
  const reports: EvaluationReport[] = [];
  for (const protocol of protocols) {
    const kept = join(outDir, `${name}-by-${fileName(protocol)}.json`);
    const earlier = await readReport(kept);
    if (earlier?.modelSha256 === sha256) {
      reports.push(earlier);
      continue;
    }
    const progress = (done: number, total: number) => onProgress(`${name} by ${protocol}`, done, total);
    const report = await evaluateApart({ model, protocol, dataDir, seed: 1 }, { onProgress: progress, signal });
    await writeAtomically(kept, [new TextEncoder().encode(`${JSON.stringify(report)}\n`)]);
    reports.push(report);
  }
  return reports;
}

async function readReport(file: string): Promise<EvaluationReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as EvaluationReport;
  } catch {
    // No file, or one cut short: the report is made anew.
    return undefined;
  }
}

function keptName(model: string, protocol: string, { seed }: ComparisonOptions): string {
  return `${model}-${fileName(protocol)}-seed${seed}`;
}

function fileName(protocol: string): string {
  return protocol.replace('/', '-');
}

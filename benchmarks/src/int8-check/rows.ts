/** One network, float and exported, on the whole test split of its protocol. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type IntegerGraph, quantize, type TfliteInterpreterName, tfliteInterpreters } from '@edgebeat/exporter';
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { type EvaluationReport, WindowSession } from '@edgebeat/trainer';
import { BenchError } from '../bench-error.js';
import { openInteger, openTflite, type RunCodes, realOf, runnerOf, tensorOf } from './answers.js';
import { type Agreement, agreementOf, type CodeAgreement, CodeComparison, spread } from './compare-answers.js';
import { heldOutPersons, type Identification, identificationOf, type Recordings } from './identification.js';
import { type Recording, record } from './recorded-windows.js';

export interface Row {
  readonly model: string;
  readonly protocol: string;
  /** Artefact and what ran it: `onnx-int8, onnxruntime`. */
  readonly engine: string;
  readonly agreement: Agreement;
  /** Of a network that tells persons apart by their embeddings. */
  readonly identification?: Identification;
  /** Figures of the protocol: float, then this artefact. */
  readonly metrics: Readonly<Record<string, { readonly float: number; readonly int8: number }>>;
}

export interface CodeRow extends CodeAgreement, Pick<Agreement, 'verification'> {
  readonly model: string;
  /** Whose codes were compared with the integer interpreter's. */
  readonly engine: string;
}

export interface CheckedModel {
  readonly rows: readonly Row[];
  readonly codes: readonly CodeRow[];
}

export interface CheckOptions {
  readonly dataDir: string;
  /** Folder with NAME.int8.onnx and NAME.tflite, as `edgebeat export` writes them. */
  readonly artefacts: string;
  readonly protocol: string;
  /** Of the test windows, so many, spread evenly, also go through the integer interpreter. */
  readonly windows: number;
}

const EMBEDDING = 'embedding';

const TFLITE: TfliteInterpreterName = 'TensorFlow Lite';

/** @param file the float model. */
export async function checkModel(file: string, { dataDir, artefacts, protocol, windows }: CheckOptions) {
  const model = basename(file, '.onnx');
  const int8 = join(artefacts, `${model}.int8.onnx`);
  const lost = [int8, join(artefacts, `${model}.tflite`)].find((path) => !existsSync(path));
  if (lost !== undefined)
    throw new BenchError(
      `no such file: ${lost}`,
      `write it: edgebeat export ${file} --to onnx-int8,tflite --out ${artefacts}`,
    );
  const options = { protocol, dataDir };
  const { graph, run } = await openInteger(int8);
  const more = graph.outputs.map(({ name }) => name);
  const threshold = await thresholdOf(file);
  const float = await record(file, WindowSession.create, more, options);
  const onnx = await record(int8, WindowSession.create, more, options);
  const tflite = await openTflite(join(artefacts, `${model}.tflite`), graph, tfliteInterpreters[TFLITE]);
  const lite = await record(int8, runnerOf(graph, tflite), more, options);
  const persons = await personsOf(file, float, dataDir);
  const row = (engine: string, recording: Recording): Row => ({
    ...{ model, protocol, engine },
    ...identified(persons, float, recording),
    agreement: agreementOf(float.answers, recording.answers, threshold),
    metrics: metricsOf(float.report, recording.report),
  });
  return {
    rows: [row('onnx-int8, onnxruntime', onnx), row(`tflite, ${TFLITE}`, lite)],
    codes: [
      {
        model,
        engine: `tflite, ${TFLITE}`,
        ...(await compareCodes(graph, run, tflite, spread(float.windows, windows), threshold)),
      },
    ],
  } satisfies CheckedModel;
}

/** Nobody where the windows are not those of persons who enrol. */
async function personsOf(file: string, { windows, answers }: Recording, dataDir: string): Promise<Recordings[]> {
  const { window, normalize } = readMetadata(decodeModel(await readFile(file)).metadata);
  if (window?.kind !== 'identity' || normalize === undefined || answers[EMBEDDING] === undefined) return [];
  return heldOutPersons(windows, dataDir, normalize);
}

function identified(persons: readonly Recordings[], float: Recording, int8: Recording): Pick<Row, 'identification'> {
  const [a, b] = [float.answers[EMBEDDING], int8.answers[EMBEDDING]];
  const identification = a && b && identificationOf(persons, a, b);
  return identification ? { identification } : {};
}

async function compareCodes(
  graph: IntegerGraph,
  norm: RunCodes,
  other: RunCodes,
  windows: readonly Float32Array[],
  threshold: number | undefined,
): Promise<Omit<CodeRow, 'model' | 'engine'>> {
  const comparison = new CodeComparison();
  const input = tensorOf(graph, graph.inputs[0]!) as Parameters<typeof quantize>[1];
  const answers = [norm, other].map((): Record<string, Float32Array[]> => ({}));
  for (const window of windows) {
    const codes = quantize(window, input);
    const both = [await norm(codes), await other(codes)] as const;
    comparison.add(...both);
    for (const [at, answer] of both.entries()) {
      for (const { name, tensor } of graph.outputs) {
        answers[at]![name] ??= [];
        answers[at]![name]!.push(realOf(answer[name]!, tensorOf(graph, tensor)));
      }
    }
  }
  const { verification } = agreementOf(answers[0]!, answers[1]!, threshold);
  return { ...comparison.result(), ...(verification !== undefined && { verification }) };
}

/** The cosine that the file's own rule accepts from on, of one impostor in a hundred; none of a network that does not verify. */
async function thresholdOf(file: string): Promise<number | undefined> {
  const { thresholds = [] } = readMetadata(decodeModel(await readFile(file)).metadata);
  return thresholds.find(({ metric, fmr }) => metric === 'cosine' && fmr === FMR)?.value;
}

const FMR = 0.01;

/** Figures without a suffix that asks about windows of another number. */
function metricsOf(float: EvaluationReport, int8: EvaluationReport): Row['metrics'] {
  const names = Object.keys(float.metrics).filter((name) => int8.metrics[name] !== undefined);
  return Object.fromEntries(
    names.map((name) => [name, { float: float.metrics[name]!.value, int8: int8.metrics[name]!.value }]),
  );
}

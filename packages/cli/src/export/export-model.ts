/** From a float model to the artefacts of the back ends, each compared with the float model. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Answers,
  agreementOf,
  type CalibrationMethod,
  type CTarget,
  compareLayers,
  decidingOutputs,
  type InspectReport,
  inspectModel,
  isQuantized,
  type LayerErrors,
  ModelRunner,
  prepareModel,
  type QuantizationReport,
  quantizeModel,
  readIntegerGraph,
} from '@edgebeat/exporter';
import { encodeModel, type Model } from '@edgebeat/graph';
import { writeAtomically } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import type { ModelFile } from '../model-file.js';
import { bytes as inBytes, percent } from '../terminal/numbers.js';
import type { ArtefactReport, ProtocolFigures } from './artefact-report.js';
import type { Artefact, BackEnd, ExportSources } from './back-end.js';
import { InterpreterAnswers } from './interpreter-answers.js';
import { Later } from './later.js';
import { packedMetadata } from './packed-metadata.js';
import { protocolFigures } from './protocol-figures.js';
import { type SampleWindows, sampleWindows } from './sample-windows.js';
import type { Steps } from './steps.js';
import { TRAINING_METRIC, trainingAccuracy } from './training-accuracy.js';

export interface ExportRequest {
  readonly backEnds: readonly BackEnd[];
  readonly out: string;
  /** What C is compiled for. */
  readonly target: CTarget;
  readonly method: CalibrationMethod;
  /** See `accuracyBudget` of the quantizer; its own default unless given. */
  readonly budget?: number;
  /** To calibrate on. */
  readonly windows: number;
  readonly seed: number;
  readonly samples?: string;
  readonly data?: string;
  /** Name; undefined for no evaluation. */
  readonly protocol: string | undefined;
  /** Read once the evaluation begins. */
  readonly signal: () => AbortSignal;
}

export interface ExportResult {
  readonly name: string;
  /** Size of the prepared model as float32 ONNX: what artefacts are compared with. */
  readonly floatBytes: number;
  readonly windows: { readonly source: string; readonly calibration: number; readonly verification: number };
  readonly artefacts: readonly ArtefactReport[];
  /** What `metricFloat` and `metricInt8` of the artefacts are; null where they are. */
  readonly metric: string | null;
  readonly figures: ProtocolFigures | null;
  readonly float: InspectReport;
  readonly int8: InspectReport | null;
  readonly quantization: QuantizationReport | null;
  readonly errors: LayerErrors | null;
}

/** Windows that artefacts are compared on, beside those of the calibration. */
const VERIFICATION_WINDOWS = 128;
/** With fewer left, those of the calibration are taken again. */
const LEAST_VERIFICATION_WINDOWS = 16;
/** Windows that layers are compared on. */
const LAYER_WINDOWS = 24;

/** @throws what reading, calibrating, writing and evaluating throw: each error names what is at fault and has a hint. */
export async function exportModel(opened: ModelFile, request: ExportRequest, steps: Steps): Promise<ExportResult> {
  const { name, model, metadata } = opened;
  if (isQuantized(model))
    throw new UsageError(`${name} is quantized already`, 'export the float model that it was made of');
  for (const backEnd of request.backEnds) backEnd.require?.();
  const { model: float } = await steps.run(
    'prepare',
    () => prepareModel(model),
    ({ applied }) => `${applied.length} rewrites`,
  );
  const floatBytes = encodeModel(float).length;
  const wanted = { count: request.windows + VERIFICATION_WINDOWS, seed: request.seed };
  const { target } = request;
  const later = new Later<readonly Float32Array[]>();
  const none = { int8: undefined, integer: undefined, interpreted: undefined };
  const float32 = { name, metadata, float, target, ...none };
  const begun = await beginFloat32(float32, request, later.promise);
  const drawn = await steps
    .run(
      'windows',
      (onProgress) => sampleWindows(opened, { ...request, ...wanted, onProgress }),
      ({ windows, source }) => `${windows.length} from ${source}`,
    )
    .catch((error) => {
      later.reject(error);
      throw error;
    });
  const { calibration, verification, labels } = split(drawn, request.windows);
  later.resolve(verification);
  const isInt8Wanted = request.backEnds.some(({ numbers }) => numbers === 'int8');
  const quantized = isInt8Wanted
    ? await steps.run(
        'quantize',
        () =>
          quantizeModel(float, calibration, {
            method: request.method,
            ...(request.budget !== undefined && { accuracyBudget: request.budget }),
          }),
        ({ report }) => quantizationRemark(report),
      )
    : undefined;
  // Packed before the back ends part: they name the graph by the SHA-256 of its file.
  const int8 = quantized && { ...quantized.model, metadata: packedMetadata(quantized.model.metadata) };
  const integer = int8 && readIntegerGraph(int8);
  const interpreted = integer && new InterpreterAnswers(integer);
  const sources: ExportSources = { name, metadata, float, int8, integer, interpreted, target };
  const truth = await answersOf(float, verification);
  const deciding = decidingOutputs(float, metadata);
  const rows: ArtefactReport[] = [];
  for (const backEnd of request.backEnds) {
    rows.push(
      await steps.run(
        backEnd.kind,
        async (onProgress) => {
          const windows = verification.slice(0, backEnd.mostWindows);
          const early = begun.get(backEnd);
          const artefact = early?.artefact ?? (await backEnd.write(sources));
          await writeFiles(artefact, request.out);
          const answers = await (early?.answers ??
            artefact.answers(Promise.resolve(windows), (done) => onProgress(done, windows.length)));
          const size = [...artefact.files.values()].reduce((sum, { length }) => sum + length, 0);
          const file = join(request.out, artefact.file);
          return {
            ...{ kind: backEnd.kind, file, bytes: size, ofFloat32: size / floatBytes },
            ...agreementOf(firstOf(truth, windows.length), answers, deciding),
            metricFloat: trainingAccuracy(firstOf(truth, windows.length), labels, metadata),
            metricInt8: backEnd.numbers === 'int8' ? trainingAccuracy(answers, labels, metadata) : null,
            command: backEnd.command(file, metadata),
          };
        },
        ({ file, bytes, agreement }) => `${file}, ${inBytes(bytes)}, agreement ${percent(agreement)}`,
      ),
    );
  }
  const errors =
    int8 &&
    (await steps.run(
      'layers',
      (onProgress) => {
        const windows = verification.slice(0, LAYER_WINDOWS);
        return compareLayers(float, int8, windows, { onProgress: (done) => onProgress(done, windows.length) });
      },
      ({ layers: [worst] }) => `the worst is ${worst!.value} with ${worst!.local.sqnr.toFixed(1)} dB`,
    ));
  const figures = await evaluated(opened, request, int8, steps);
  return {
    name,
    floatBytes,
    windows: { source: drawn.source, calibration: calibration.length, verification: verification.length },
    artefacts: rows.map((row) => ({ ...row, ...metricsOf(row, request.backEnds, figures) })),
    metric: metricName(rows, figures),
    figures: figures ?? null,
    float: inspectModel(float),
    int8: int8 ? inspectModel(int8) : null,
    quantization: quantized?.report ?? null,
    errors: errors ?? null,
  };
}

function metricName(rows: readonly ArtefactReport[], figures: ProtocolFigures | undefined): string | null {
  if (figures !== undefined) return `${figures.metric}, ${figures.protocol}`;
  return rows.some(({ metricFloat }) => metricFloat !== null) ? TRAINING_METRIC : null;
}

function quantizationRemark({ activations, weights, islands, error }: QuantizationReport): string {
  const kept = islands.values.length === 0 ? '' : `, ${islands.values.length} values float32`;
  const met = islands.met ? 'within' : 'beyond';
  return `${activations.length} activations, ${weights.length} weights${kept}; error ${error.error.toFixed(4)}, ${met} the budget of ${islands.budget}`;
}

interface Begun {
  readonly artefact: Artefact;
  readonly answers: Promise<Answers>;
}

/** Artefacts that do not wait for the quantizer, nor for windows: in threads of their own they load, and are asked what they answer. */
async function beginFloat32(
  sources: ExportSources,
  { backEnds }: ExportRequest,
  verification: Promise<readonly Float32Array[]>,
): Promise<ReadonlyMap<BackEnd, Begun>> {
  const early = backEnds.filter(({ numbers }) => numbers === 'float32');
  const begun = await Promise.all(
    early.map(async (backEnd): Promise<[BackEnd, Begun]> => {
      const artefact = await backEnd.write(sources);
      const windows = verification.then((all) => all.slice(0, backEnd.mostWindows));
      const answers = artefact.answers(windows, () => {});
      // Told once its turn has come, if the export gets there.
      answers.catch(() => {});
      return [backEnd, { artefact, answers }];
    }),
  );
  return new Map(begun);
}

/** The first windows calibrate, the others verify. */
function split({ windows, labels }: SampleWindows, count: number) {
  const first = windows.length - count >= LEAST_VERIFICATION_WINDOWS ? count : 0;
  const verification = windows.slice(first, first + VERIFICATION_WINDOWS);
  return { calibration: windows.slice(0, count), verification, labels: labels.slice(first) };
}

async function answersOf(model: ExportSources['float'], windows: readonly Float32Array[]): Promise<Answers> {
  const runner = await ModelRunner.open(model);
  return runner.run(windows).finally(() => runner.release());
}

function firstOf(answers: Answers, count: number): Answers {
  return new Map([...answers].map(([output, rows]) => [output, rows.slice(0, count)]));
}

async function writeFiles({ files }: Artefact, folder: string): Promise<void> {
  for (const [file, bytes] of files) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, [bytes]);
  }
}

async function evaluated(
  { path }: ModelFile,
  { protocol, data, signal }: ExportRequest,
  int8: Model | undefined,
  steps: Steps,
): Promise<ProtocolFigures | undefined> {
  if (protocol === undefined || data === undefined) return undefined;
  const models = { float: path, int8: int8 && encodeModel(int8), protocol, dataDir: data, signal: signal() };
  return steps.run(
    protocol,
    (onProgress) => protocolFigures({ ...models, onProgress: (_, done, total) => onProgress(done, total) }),
    ({ metric, float, int8: figures }) => {
      const change = figures === null ? '' : `, int8 ${percent(figures[metric]!.value)}`;
      return `${metric} ${percent(float[metric]!.value)}${change}`;
    },
  );
}

/** Those of the protocol in place of what the windows of training recordings tell. */
function metricsOf(row: ArtefactReport, backEnds: readonly BackEnd[], figures: ProtocolFigures | undefined) {
  if (figures === undefined) return {};
  const isInt8 = backEnds.find(({ kind }) => kind === row.kind)!.numbers === 'int8';
  const { metric, float, int8 } = figures;
  return {
    metricFloat: float[metric]?.value ?? null,
    metricInt8: (isInt8 ? int8?.[metric]?.value : undefined) ?? null,
  };
}

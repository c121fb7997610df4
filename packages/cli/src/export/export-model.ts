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
import { encodeModel } from '@edgebeat/graph';
import { writeAtomically } from '@edgebeat/trainer';
import { describeError, UsageError } from '../errors.js';
import type { ModelFile } from '../model-file.js';
import { bytes as inBytes, percent } from '../terminal/numbers.js';
import type { ArtefactReport, ProtocolFigures } from './artefact-report.js';
import type { Artefact, BackEnd, ExportSources } from './back-end.js';
import { type ChosenProtocol, protocolFigures } from './protocol-figures.js';
import { type SampleWindows, sampleWindows } from './sample-windows.js';
import type { Steps } from './steps.js';

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
  /** Undefined for no evaluation. */
  readonly protocol: ChosenProtocol | undefined;
  /** Read once the evaluation begins. */
  readonly signal: () => AbortSignal;
}

export interface ExportResult {
  readonly name: string;
  /** Size of the prepared model as float32 ONNX: what artefacts are compared with. */
  readonly floatBytes: number;
  readonly windows: { readonly source: string; readonly calibration: number; readonly verification: number };
  readonly artefacts: readonly ArtefactReport[];
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
const LAYER_WINDOWS = 64;

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
  const drawn = await steps.run(
    'windows',
    (onProgress) => sampleWindows(opened, { ...request, ...wanted, onProgress }),
    ({ windows, source }) => `${windows.length} from ${source}`,
  );
  const { calibration, verification } = split(drawn, request.windows);
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
  const int8 = quantized?.model;
  const integer = int8 && readIntegerGraph(int8);
  const sources: ExportSources = { name, metadata, float, int8, integer, target: request.target };
  const truth = await answersOf(float, verification);
  const deciding = decidingOutputs(float, metadata);
  const rows: Omit<ArtefactReport, 'metricFloat' | 'metricInt8'>[] = [];
  for (const backEnd of request.backEnds) {
    rows.push(
      await steps.run(
        backEnd.kind,
        async (onProgress) => {
          const artefact = await backEnd.write(sources);
          await writeFiles(artefact, request.out);
          const windows = verification.slice(0, backEnd.mostWindows);
          const answers = await artefact.answers(windows, (done) => onProgress(done, windows.length));
          const size = [...artefact.files.values()].reduce((sum, { length }) => sum + length, 0);
          const file = join(request.out, artefact.file);
          return {
            ...{ kind: backEnd.kind, file, bytes: size, ofFloat32: size / floatBytes },
            ...agreementOf(firstOf(truth, windows.length), answers, deciding),
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
  const figures = await evaluated(opened, request, int8 && encodeModel(int8), steps);
  return {
    name,
    floatBytes,
    windows: { source: drawn.source, calibration: calibration.length, verification: verification.length },
    artefacts: rows.map((row) => ({ ...row, ...metricsOf(row.kind, request.backEnds, figures) })),
    figures: figures ?? null,
    float: inspectModel(float),
    int8: int8 ? inspectModel(int8) : null,
    quantization: quantized?.report ?? null,
    errors: errors ?? null,
  };
}

function quantizationRemark({ activations, weights, islands, error }: QuantizationReport): string {
  const kept = islands.values.length === 0 ? '' : `, ${islands.values.length} values float32`;
  const met = islands.met ? 'within' : 'beyond';
  return `${activations.length} activations, ${weights.length} weights${kept}; error ${error.error.toFixed(4)}, ${met} the budget of ${islands.budget}`;
}

/** The first windows calibrate, the others verify. */
function split({ windows }: SampleWindows, count: number) {
  const calibration = windows.slice(0, count);
  const others = windows.slice(count, count + VERIFICATION_WINDOWS);
  const isEnough = others.length >= LEAST_VERIFICATION_WINDOWS;
  return { calibration, verification: isEnough ? others : windows.slice(0, VERIFICATION_WINDOWS) };
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
  int8: Uint8Array | undefined,
  steps: Steps,
): Promise<ProtocolFigures | undefined> {
  if (protocol === undefined || data === undefined) return undefined;
  const models = { float: path, int8, protocol: protocol.name, dataDir: data, signal: signal() };
  try {
    return await steps.run(
      protocol.name,
      (onProgress) => protocolFigures({ ...models, onProgress: (_, done, total) => onProgress(done, total) }),
      ({ metric, float, int8: figures }) => {
        const change = figures === null ? '' : `, int8 ${percent(figures[metric]!.value)}`;
        return `${metric} ${percent(float[metric]!.value)}${change}`;
      },
    );
  } catch (error) {
    // Recordings or persons that the usual protocol wants are not there: no reason to lose what is done.
    const { error: problem, status } = describeError(error);
    if (protocol.isAskedFor || status !== 2) throw error;
    steps.tell(protocol.name, `left out: ${problem}`);
    return undefined;
  }
}

function metricsOf(kind: string, backEnds: readonly BackEnd[], figures: ProtocolFigures | undefined) {
  const isInt8 = backEnds.find((backEnd) => backEnd.kind === kind)!.numbers === 'int8';
  const { metric = '', float = {}, int8 = null } = figures ?? {};
  return {
    metricFloat: float[metric]?.value ?? null,
    metricInt8: (isInt8 ? int8?.[metric]?.value : undefined) ?? null,
  };
}

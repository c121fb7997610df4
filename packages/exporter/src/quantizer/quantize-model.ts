/** The quantizer: from a prepared float network to an int8 graph, as ONNX with QuantizeLinear and DequantizeLinear. */
import {
  type ActivationRange,
  type ActivationRanges,
  int8Parameters,
  type Model,
  quantizedValues,
  readMetadata,
  SUPPORTED_OPSET,
} from '@edgebeat/graph';
import { calibrate } from '../calibration/calibrate.js';
import { type CalibrationMethod, describeMethod } from '../calibration/calibration-method.js';
import { ExportError } from '../export-error.js';
import type { Window } from '../runner/model-runner.js';
import type { QuantizationReport } from './quantization-report.js';
import { writeQdq } from './write-qdq.js';

export interface QuantizeOptions {
  /** How ranges follow from the windows; default the percentile 0.9999. */
  readonly method?: CalibrationMethod;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
}

const RANGES_KEY = 'edgebeat.ranges';

/**
 * @param model float32, prepared (see `prepareModel`). Ranges in its metadata (`edgebeat.ranges`: it was trained for int8) take the
 * place of calibration.
 * @param windows some hundreds of the kind that the network answers, each of the input's shape without the batch.
 * @returns the int8 graph, of opset 21, and what was chosen on the way. The same input gives the same bytes.
 * @throws ExportError, see `calibrate` and `writeQdq`.
 */
export async function quantizeModel(
  model: Model,
  windows: readonly Window[],
  options: QuantizeOptions = {},
): Promise<{ model: Model; report: QuantizationReport }> {
  const started = performance.now();
  const { method = { percentile: 0.9999 } } = options;
  if (model.opset !== SUPPORTED_OPSET) {
    throw new ExportError(
      `model "${model.graph.name}": is of opset ${model.opset}`,
      `The int8 graph is one of opset ${SUPPORTED_OPSET}: read the file with importModel.`,
    );
  }
  const quantized = quantizedValues(model.graph);
  const learnt = readMetadata(model.metadata).ranges ?? {};
  const isMissing = quantized.activations.some(({ value, range, like }) => !range && !like && !learnt[value]);
  const measured: ActivationRanges = isMissing
    ? await calibrate(model, windows, { method, ...(options.threads !== undefined && { threads: options.threads }) })
    : {};
  const ranges = new Map<string, { range: ActivationRange; method: string }>();
  for (const { value, range, like } of quantized.activations) {
    if (like !== undefined) ranges.set(value, { range: ranges.get(like)!.range, method: `as "${like}"` });
    else if (range) ranges.set(value, { range, method: 'operator' });
    else if (learnt[value]) ranges.set(value, { range: learnt[value], method: 'trained' });
    else ranges.set(value, { range: measured[value]!, method: describeMethod(method) });
  }
  const parameters = new Map([...ranges].map(([value, { range }]) => [value, int8Parameters(range)]));
  const written = writeQdq(model, { quantized, parameters });
  const metadata = new Map([...model.metadata].filter(([key]) => key !== RANGES_KEY));
  const report: QuantizationReport = {
    schema: 'edgebeat/quantization-report',
    version: 1,
    model: model.graph.name,
    windows: windows.length,
    activations: [...ranges].map(([value, one]) => ({ value, ...one, ...parameters.get(value)! })),
    weights: written.weights,
    seconds: (performance.now() - started) / 1000,
  };
  return { model: { ...written.model, metadata }, report };
}

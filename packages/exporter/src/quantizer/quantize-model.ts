/** The quantizer: from a prepared float network to an int8 graph, as ONNX with QuantizeLinear and DequantizeLinear. */
import {
  type ActivationRange,
  int8Parameters,
  type Model,
  quantizedValues,
  readMetadata,
  SUPPORTED_OPSET,
} from '@edgebeat/graph';
import { ExportError } from '../export-error.js';
import type { Window } from '../runner/model-runner.js';
import { correctedBiases } from './bias-correction.js';
import { type Draft, draftOf, parametersOf, written } from './draft.js';
import { type EqualizedValue, equalized, measuredChannels } from './equalization.js';
import { withIslands } from './float-islands.js';
import { type MatrixOperator, matrixOperators } from './matrix-operators.js';
import { multiplyAccumulates } from './multiply-accumulates.js';
import { NoiseProbe } from './noise-probe.js';
import { OutputJudge, type QuantizationError, WORTHWHILE_GAIN } from './output-error.js';
import type { QuantizationReport, SwitchRecord } from './quantization-report.js';
import { type QuantizeOptions, type QuantizeSettings, settingsOf } from './quantize-options.js';
import { sharingCandidates, withSharedScales } from './shared-scales.js';

/** Of a float model alone: what it learnt stands in the scales of the int8 graph. */
const RANGES_KEY = 'edgebeat.ranges';

/** How much of the unevenness of activations goes to the weights: what these lose has always been far less. */
const STRENGTH = 0.75;

/** Windows that show whether equalization is worth calibrating anew on all. */
const TRIAL_WINDOWS = 64;

/** Windows that tell the noise of single activations. */
const PROBE_WINDOWS = 12;

/** What the outputs may lose in dB, all in all, so that weights have one scale. */
const WORTHLESS_LOSS = 0.1;
/** Of the candidates, where they lose too much. */
const KEPT = 0.75;

/**
 * Calibrates the network, tries equalization, fewer scales and bias correction, and leaves float32 what has to stay so for the error
 * to be within the budget. What is measured: the outputs, against those of the float network.
 *
 * @param model float32, prepared (see `prepareModel`), of opset 21. Ranges in its metadata (`edgebeat.ranges`: it was trained for
 * int8) take the place of calibration, and of equalization.
 * @param windows some hundreds of the kind that the network answers, each of the input's shape without the batch.
 * @returns the int8 graph, of opset 21, and what was chosen on the way. The same input gives the same bytes.
 * @throws ExportError for options that are not known, and what `calibrate` and `writeQdq` throw; GraphError for a graph that is
 * quantized already.
 */
export async function quantizeModel(
  model: Model,
  windows: readonly Window[],
  options: QuantizeOptions = {},
): Promise<{ model: Model; report: QuantizationReport }> {
  const started = performance.now();
  const settings = settingsOf(options, multiplyAccumulates(model.graph));
  if (model.opset !== SUPPORTED_OPSET) {
    throw new ExportError(
      `model "${model.graph.name}": is of opset ${model.opset}`,
      `The int8 graph is one of opset ${SUPPORTED_OPSET}: read the file with importModel.`,
    );
  }
  const quantizer = await Quantizer.of(model, windows, settings);
  await quantizer.equalize();
  // What makes most of the noise hides what anything else is worth.
  if (await quantizer.addIslands()) await quantizer.equalize();
  await quantizer.shareScales();
  await quantizer.correctBiases();
  await quantizer.addIslands();
  const report = quantizer.report();
  const metadata = new Map([...model.metadata].filter(([key]) => key !== RANGES_KEY));
  return {
    model: { ...quantizer.model(), metadata },
    report: { ...report, seconds: (performance.now() - started) / 1000 },
  };
}

class Quantizer {
  readonly #windows: readonly Window[];
  readonly #settings: QuantizeSettings;
  readonly #judged: readonly Window[];
  readonly #judge: OutputJudge;
  /** The best so far, and its error. */
  #draft: Draft;
  #error: QuantizationError;
  #sharedScales: QuantizationReport['sharedScales'] = { asked: 'off', applied: false, weights: [] };
  #islands: QuantizationReport['islands'] | undefined;
  /** Of the activations of a draft's network. */
  #noises: { readonly model: Model; readonly byValue: ReadonlyMap<string, number> } | undefined;
  #equalization: QuantizationReport['equalization'] = { asked: 'off', applied: false, values: [] };
  #biasCorrection: QuantizationReport['biasCorrection'] = { asked: 'off', applied: false, operators: 0 };

  private constructor(
    windows: readonly Window[],
    settings: QuantizeSettings,
    [judged, judge]: readonly [readonly Window[], OutputJudge],
    draft: Draft,
    error: QuantizationError,
  ) {
    this.#windows = windows;
    this.#settings = settings;
    this.#judged = judged;
    this.#judge = judge;
    this.#draft = draft;
    this.#error = error;
  }

  static async of(model: Model, windows: readonly Window[], settings: QuantizeSettings): Promise<Quantizer> {
    const { threads, judgedWindows } = settings;
    const learnt = readMetadata(model.metadata).ranges ?? {};
    const draft = await draftOf(model, quantizedValues(model.graph), learnt, windows, settings);
    const judged = spread(windows, judgedWindows);
    const judge = await OutputJudge.create(model, judged, { threads });
    const error = await judge.measure(written(draft).model);
    return new Quantizer(windows, settings, [judged, judge], draft, error);
  }

  async equalize(): Promise<void> {
    const asked = this.#settings.equalization;
    const isTrained = [...this.#draft.ranges.values()].some(({ method }) => method === 'trained');
    const skipped = isTrained ? 'the network was trained with the ranges that it has' : undefined;
    if (this.#equalization.applied) return;
    if (asked === 'off' || skipped) {
      this.#equalization = { asked, applied: false, ...(skipped && { skipped }), values: [] };
      return;
    }
    const before = this.#error;
    const trial = await this.#equalized(spread(this.#windows, TRIAL_WINDOWS));
    const after = await this.#judge.measure(written(trial.draft).model);
    this.#equalization = { asked, applied: false, before, after, values: [] };
    if (asked === 'auto' && after.sqnr <= before.sqnr + WORTHWHILE_GAIN) return;
    const { draft, values } = await this.#equalized(this.#windows);
    this.#equalization = { ...(await this.#try(asked, draft)), values };
    if (!this.#equalization.applied) this.#equalization = { ...this.#equalization, values: [] };
  }

  async #equalized(windows: readonly Window[]): Promise<{ draft: Draft; values: readonly EqualizedValue[] }> {
    const { quantized, model, ranges } = this.#draft;
    const { threads } = this.#settings;
    const channels = await measuredChannels(model, this.#operators(), new Set(ranges.keys()), windows, { threads });
    const { model: alike, values } = equalized(model, channels, STRENGTH);
    if (values.length === 0) return { draft: this.#draft, values };
    const { floats } = this.#draft;
    return { draft: { ...(await draftOf(alike, quantized, {}, windows, this.#settings)), floats }, values };
  }

  /** All candidates, then without the quarter that loses most, again and again until what is lost is worth it. */
  async shareScales(): Promise<void> {
    const asked = this.#settings.sharedScales;
    if (asked === 'off') return;
    const before = this.#error;
    const quantized = this.#draft.quantized;
    this.#sharedScales = { asked, applied: false, before, weights: [] };
    let weights = sharingCandidates(this.#draft.model, quantized);
    for (; weights.length > 0; weights = weights.slice(0, Math.floor(KEPT * weights.length))) {
      const draft = { ...this.#draft, quantized: withSharedScales(quantized, new Set(weights)) };
      const after = await this.#judge.measure(written(draft).model);
      if (after.sqnr < before.sqnr - WORTHLESS_LOSS) continue;
      [this.#draft, this.#error] = [draft, after];
      this.#sharedScales = { asked, applied: true, before, after, weights };
      return;
    }
  }

  async correctBiases(): Promise<void> {
    const asked = this.#settings.biasCorrection;
    if (asked === 'off') return;
    const { threads } = this.#settings;
    const { model } = this.#draft;
    const parameters = parametersOf(this.#draft);
    const biases = await correctedBiases(model, this.#operators(), parameters, this.#judged, { threads });
    const record = await this.#try(asked, { ...this.#draft, biases });
    this.#biasCorrection = { ...record, operators: record.applied ? biases.size : 0 };
  }

  /** As many as are missing. @returns whether there are any. */
  async addIslands(): Promise<boolean> {
    const { accuracyBudget } = this.#settings;
    const { draft, record, error } = await withIslands(
      this.#draft,
      accuracyBudget,
      this.#error,
      this.#judge,
      () => this.#noisesOfActivations(),
      this.#islands,
    );
    [this.#draft, this.#error, this.#islands] = [draft, error, record];
    return record.values.length > 0;
  }

  report(): Omit<QuantizationReport, 'seconds'> {
    const draft = this.#draft;
    const error = this.#error;
    const islands = this.#islands!;
    const parameters = parametersOf(draft);
    return {
      schema: 'edgebeat/quantization-report',
      version: 1,
      model: draft.model.graph.name,
      options: this.#settings,
      windows: { calibration: this.#windows.length, judged: this.#judged.length },
      activations: [...draft.ranges].map(([value, one]) => ({ value, ...one, ...parameters.get(value)! })),
      weights: written(draft).weights,
      sharedScales: this.#sharedScales,
      equalization: this.#equalization,
      biasCorrection: this.#biasCorrection,
      islands: { ...islands, met: error.error <= islands.budget },
      error,
    };
  }

  model(): Model {
    return written(this.#draft).model;
  }

  /** Measures a draft and takes it where that is asked for, or where it is better. */
  async #try(asked: 'on' | 'auto', draft: Draft): Promise<SwitchRecord> {
    const before = this.#error;
    const after = await this.#judge.measure(written(draft).model);
    const applied = asked === 'on' || after.sqnr > before.sqnr + WORTHWHILE_GAIN;
    if (applied) [this.#draft, this.#error] = [draft, after];
    return { asked, applied, before, after };
  }

  async #noisesOfActivations(): Promise<ReadonlyMap<string, number>> {
    const { model } = this.#draft;
    if (this.#noises?.model === model) return this.#noises.byValue;
    const ranges = [...this.#ownRanges()];
    const probe = await this.#probe();
    const noises = await probe.noises(ranges.map(([value, range]) => ({ value, parameters: int8Parameters(range) })));
    const byValue = new Map(ranges.map(([value], index) => [value, noises[index]!]));
    this.#noises = { model, byValue };
    return byValue;
  }

  async #probe(): Promise<NoiseProbe> {
    const { threads } = this.#settings;
    return NoiseProbe.create(this.#draft.model, spread(this.#judged, PROBE_WINDOWS), { threads });
  }

  /** Of activations that have one of their own. */
  #ownRanges(): ReadonlyMap<string, ActivationRange> {
    const { quantized, ranges } = this.#draft;
    const own = quantized.activations.filter(({ like }) => like === undefined);
    return new Map(own.map(({ value }) => [value, ranges.get(value)!.range]));
  }

  #operators(): readonly MatrixOperator[] {
    const { model, quantized } = this.#draft;
    const held = new Set(quantized.activations.map(({ value }) => value));
    return matrixOperators(model.graph, quantized.weights, held);
  }
}

/** So many windows, at equal distances. */
function spread(windows: readonly Window[], count: number): readonly Window[] {
  const step = Math.max(1, windows.length / count);
  return Array.from({ length: Math.min(count, windows.length) }, (_, index) => windows[Math.floor(index * step)]!);
}

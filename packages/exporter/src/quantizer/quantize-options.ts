/** What can be chosen about a quantization, and what is chosen otherwise. */
import { type CalibrationMethod, checkMethod } from '../calibration/calibration-method.js';
import { ExportError } from '../export-error.js';

/** `auto`: measured with and without, and kept where the outputs gain by it. */
export type Switch = 'on' | 'off' | 'auto';

export interface QuantizeOptions {
  /** How ranges follow from the windows; default the percentile 0.9999. */
  readonly method?: CalibrationMethod;
  /** Whether weights of short rows have one scale where the outputs hardly lose by it. Default `auto`; `on` is the same. */
  readonly sharedScales?: Switch;
  /** Default `auto`. */
  readonly equalization?: Switch;
  /** Default `auto`. */
  readonly biasCorrection?: Switch;
  /**
   * The error that int8 may make, see `QuantizationError`. Beyond it, activations stay float32 until it is met, as few as can be. From
   * 0 to 1; default 0.002; 1 for none.
   */
  readonly accuracyBudget?: number;
  /** Windows on which choices are measured, spread over all that are given; default 128. */
  readonly judgedWindows?: number;
  /** Threads inside one operator; by default 2, and 1 for a network whose operators are too small to be shared. */
  readonly threads?: number;
}

export type QuantizeSettings = Required<QuantizeOptions>;

const defaults: Omit<QuantizeSettings, 'threads'> = {
  method: { percentile: 0.9999 },
  sharedScales: 'auto',
  equalization: 'auto',
  biasCorrection: 'auto',
  accuracyBudget: 0.002,
  judgedWindows: 128,
};

/** Multiplications for a window, below which a second thread waits more than it works. */
const WORK_FOR_TWO = 2e7;

/**
 * @param work multiplications of the network for a window.
 * @throws ExportError for a name that is no option, and a value that it does not take.
 */
export function settingsOf(options: QuantizeOptions, work: number): QuantizeSettings {
  const threads = work < WORK_FOR_TWO ? 1 : 2;
  const names = [...Object.keys(defaults), 'threads'];
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const unknown = given.find(([name]) => !names.includes(name));
  if (unknown) throw new ExportError(`option "${unknown[0]}": is not known`, `There are ${names.join(', ')}.`);
  const settings: QuantizeSettings = { ...defaults, threads, ...Object.fromEntries(given) };
  checkMethod(settings.method);
  for (const name of ['sharedScales', 'equalization', 'biasCorrection'] as const)
    require(name, settings, ['on', 'off', 'auto'].includes(settings[name]), 'Give "on", "off" or "auto".');
  const { accuracyBudget, judgedWindows } = settings;
  require('accuracyBudget', settings, accuracyBudget >= 0 && accuracyBudget <= 1, 'Give a share from 0 to 1.');
  for (const [name, count] of Object.entries({ judgedWindows, threads: settings.threads }))
    require(name as keyof QuantizeSettings, settings, Number.isInteger(count) &&
      count > 0, 'Give a whole number from 1 on.');
  return settings;
}

function require(name: keyof QuantizeSettings, settings: QuantizeSettings, isGood: boolean, hint: string): void {
  if (!isGood) throw new ExportError(`option ${name}: is ${JSON.stringify(settings[name])}`, hint);
}

/** What can be chosen about a quantization, and what is chosen otherwise. */
import { type CalibrationMethod, checkMethod } from '../calibration/calibration-method.js';
import { ExportError } from '../export-error.js';

/** `auto`: measured with and without, and kept where the outputs gain by it. */
export type Switch = 'on' | 'off' | 'auto';

export interface QuantizeOptions {
  /** How ranges follow from the windows; default the percentile 0.9999. */
  readonly method?: CalibrationMethod;
  /** Default `auto`. */
  readonly equalization?: Switch;
  /** Default `auto`. */
  readonly biasCorrection?: Switch;
  /**
   * The error that int8 may make: 1 − mean cosine of the worst output, 1 − top-1 agreement where an output is one of classes. Beyond
   * it, activations stay float32 until it is met, as few as can be. From 0 to 1; default 0.005; 1 for none.
   */
  readonly accuracyBudget?: number;
  /** Windows on which choices are measured, spread over all that are given; default 128. */
  readonly judgedWindows?: number;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
}

export type QuantizeSettings = Required<QuantizeOptions>;

const defaults: QuantizeSettings = {
  method: { percentile: 0.9999 },
  equalization: 'auto',
  biasCorrection: 'auto',
  accuracyBudget: 0.005,
  judgedWindows: 128,
  threads: 2,
};

/** @throws ExportError for a name that is no option, and a value that it does not take. */
export function settingsOf(options: QuantizeOptions): QuantizeSettings {
  const names = Object.keys(defaults);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const unknown = given.find(([name]) => !names.includes(name));
  if (unknown) throw new ExportError(`option "${unknown[0]}": is not known`, `There are ${names.join(', ')}.`);
  const settings: QuantizeSettings = { ...defaults, ...Object.fromEntries(given) };
  checkMethod(settings.method);
  for (const name of ['equalization', 'biasCorrection'] as const)
    require(name, settings, ['on', 'off', 'auto'].includes(settings[name]), 'Give "on", "off" or "auto".');
  const { accuracyBudget, judgedWindows, threads } = settings;
  require('accuracyBudget', settings, accuracyBudget >= 0 && accuracyBudget <= 1, 'Give a share from 0 to 1.');
  for (const [name, count] of Object.entries({ judgedWindows, threads }))
    require(name as keyof QuantizeSettings, settings, Number.isInteger(count) &&
      count > 0, 'Give a whole number from 1 on.');
  return settings;
}

function require(name: keyof QuantizeSettings, settings: QuantizeSettings, isGood: boolean, hint: string): void {
  if (!isGood) throw new ExportError(`option ${name}: is ${JSON.stringify(settings[name])}`, hint);
}

/** `--calibration min-max|percentile[:share]|mse`. */
import type { CalibrationMethod } from '@edgebeat/exporter';
import { InvalidArgumentError } from 'commander';
import { closest } from '../suggestion.js';

const words = ['min-max', 'percentile', 'mse'];
const USUAL_SHARE = 0.9999;

export const defaultCalibration: CalibrationMethod = { percentile: USUAL_SHARE };

/** A parser for commander. */
export function calibrationMethod(text: string): CalibrationMethod {
  const [word = '', share, ...rest] = text.split(':');
  if (rest.length === 0 && word === 'percentile') {
    const percentile = share === undefined ? USUAL_SHARE : Number(share);
    if (share?.trim() !== '' && percentile > 0 && percentile <= 1) return { percentile };
    throw new InvalidArgumentError('The share of a percentile is above 0 and up to 1: percentile:0.999.');
  }
  if (share === undefined && (word === 'min-max' || word === 'mse')) return word;
  const nearest = closest(word, words);
  const suggestion = nearest === undefined || nearest === word ? '' : `\n(Did you mean ${nearest}?)`;
  throw new InvalidArgumentError(`It is one of: min-max, percentile, percentile:SHARE, mse.${suggestion}`);
}

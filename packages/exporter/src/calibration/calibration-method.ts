/** How the range of an activation follows from its elements on sample windows. */
import { ExportError } from '../export-error.js';

/**
 * - `min-max`: from the least to the greatest element.
 * - `mse`: the range whose int8 codes have the least squared error.
 * - `percentile`: the range that holds this share of the elements, half of the others below and half above it.
 */
export type CalibrationMethod = 'min-max' | 'mse' | { readonly percentile: number };

/** @throws ExportError for a method that is none of those listed, and a percentile that is no share above 0. */
export function checkMethod(method: CalibrationMethod): void {
  if (method === 'min-max' || method === 'mse') return;
  const share = (method as { percentile?: unknown } | null)?.percentile;
  if (typeof share === 'number' && share > 0 && share <= 1) return;
  throw new ExportError(
    `calibration method ${JSON.stringify(method)}: is not known`,
    'Give "min-max", "mse", or {"percentile": a share above 0 and up to 1}.',
  );
}

/** How reports write it: `min-max`, `mse`, `percentile 0.9999`. */
export function describeMethod(method: CalibrationMethod): string {
  return typeof method === 'string' ? method : `percentile ${method.percentile}`;
}

/** Initializers of C structs. */
import type { CValue } from '../program/step.js';

/** On one line: `{.rows = 22, .range = {.zero_point = 0, .least = -128, .most = 127}}`. */
export function renderValue(value: CValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `{${value.map(renderValue).join(', ')}}`;
  return `{${Object.entries(value)
    .map(([field, one]) => `.${field} = ${renderValue(one)}`)
    .join(', ')}}`;
}

/** A field a line. */
export function renderStruct(value: CValue): string {
  if (typeof value !== 'object' || Array.isArray(value)) return renderValue(value);
  const fields = Object.entries(value).map(([field, one]) => `  .${field} = ${renderValue(one)},`);
  return ['{', ...fields, '}'].join('\n');
}

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

const LINE = 116;

/** Fields that do not fit into a line stand in a line each. */
export function renderStruct(value: CValue, indent = ''): string {
  const line = renderValue(value);
  const isLong = indent === '' || indent.length + line.length > LINE;
  if (!isLong || typeof value !== 'object' || Array.isArray(value)) return line;
  const inner = `${indent}  `;
  const fields = Object.entries(value).map(([field, one]) => `${inner}.${field} = ${renderStruct(one, inner)},`);
  return ['{', ...fields, `${indent}}`].join('\n');
}

/** What the quantizer chose for each value, and why. */
import type { QuantizationReport } from '../../quantizer/quantization-report.js';
import { escapeHtml } from './escape.js';
import { count } from './figures.js';

export function quantizationChoices({ activations, weights, windows }: QuantizationReport): string {
  const methods = [...new Set(activations.map(({ method }) => (method.startsWith('as ') ? 'as another' : method)))];
  const chosen = activations.map(
    ({ value, method, range, scale, zeroPoint }) =>
      `<tr><td>${escapeHtml(value)}</td><td>${escapeHtml(method)}</td><td>${number(range.least)}</td><td>${number(range.most)}</td><td>${number(scale)}</td><td>${zeroPoint}</td></tr>`,
  );
  const held = weights.map(
    ({ value, axis, maxError }) =>
      `<tr><td>${escapeHtml(value)}</td><td>${axis === undefined ? 'one for all' : `for each of dimension ${axis}`}</td><td>${number(maxError)}</td></tr>`,
  );
  return `<p>${count(activations.length)} activations, their ranges by ${methods.map(escapeHtml).join(', ')} on ${count(windows.calibration)} windows; ${count(weights.length)} weights.</p>
<details><summary>Activations</summary><div class="scroll tall"><table><thead><tr><th>value</th><th>range from</th><th>least</th><th>most</th><th>scale</th><th>zero point</th></tr></thead><tbody>${chosen.join('')}</tbody></table></div></details>
<details><summary>Weights</summary><div class="scroll tall"><table><thead><tr><th>weight</th><th>scales</th><th>largest error</th></tr></thead><tbody>${held.join('')}</tbody></table></div></details>`;
}

function number(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(4)).toString();
}

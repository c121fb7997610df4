/** What the quantizer chose for each value, and why. */
import type { QuantizationReport, SwitchRecord } from '../../quantizer/quantization-report.js';
import { escapeHtml } from './escape.js';
import { decibels, several } from './figures.js';

export function quantizationChoices(report: QuantizationReport): string {
  const { activations, weights, windows } = report;
  const methods = [...new Set(activations.map(({ method }) => (method.startsWith('as ') ? 'as another' : method)))];
  const chosen = activations.map(
    ({ value, method, range, scale, zeroPoint }) =>
      `<tr><td>${escapeHtml(value)}</td><td>${escapeHtml(method)}</td><td>${number(range.least)}</td><td>${number(range.most)}</td><td>${number(scale)}</td><td>${zeroPoint}</td></tr>`,
  );
  const held = weights.map(
    ({ value, axis, maxError }) =>
      `<tr><td>${escapeHtml(value)}</td><td>${axis === undefined ? 'one for all' : `for each of dimension ${axis}`}</td><td>${number(maxError)}</td></tr>`,
  );
  return `<p>${several(activations.length, 'activation')}, their ranges by ${methods.map(escapeHtml).join(', ')} on ${several(windows.calibration, 'window')}; ${several(weights.length, 'weight')}.</p>
<ul>${choices(report)
    .map((choice) => `<li>${choice}</li>`)
    .join('')}</ul>
<details><summary>Activations</summary><div class="scroll tall"><table><thead><tr><th>value</th><th>range from</th><th>least</th><th>most</th><th>scale</th><th>zero point</th></tr></thead><tbody>${chosen.join('')}</tbody></table></div></details>
<details><summary>Weights</summary><div class="scroll tall"><table><thead><tr><th>weight</th><th>scales</th><th>largest error</th></tr></thead><tbody>${held.join('')}</tbody></table></div></details>`;
}

/** What was tried to make the error smaller, and what came of it. */
function choices({ sharedScales, equalization, biasCorrection, islands, error }: QuantizationReport): string[] {
  const { values, budget, met, steps } = islands;
  const names = (some: readonly string[]) => some.map((name) => `<code>${escapeHtml(name)}</code>`).join(' ');
  const kept = steps.map(({ added, gain }) => `<code>${escapeHtml(added)}</code> (${decibels(gain)} alone)`).join(' ');
  return [
    `Equalization of channels ${outcome(equalization)}${equalization.applied ? `: ${names(equalization.values.map(({ value }) => value))}` : ''}.`,
    `One scale for a whole weight ${outcome(sharedScales)}${sharedScales.applied ? ` at ${several(sharedScales.weights.length, 'weight')}` : ''}.`,
    `Correction of biases ${outcome(biasCorrection)}${biasCorrection.applied ? ` at ${several(biasCorrection.operators, 'layer')}` : ''}.`,
    values.length === 0
      ? `Nothing had to stay float32 for the error to be within ${number(budget)}.`
      : `${several(values.length, 'value')} left in float32, for the error to be within ${number(budget)}: ${kept || names(values)}.`,
    `Error of the worst output: ${number(error.error)}, ${met ? 'within' : 'beyond'} the budget; ${decibels(error.sqnr)} in the mean of the outputs.`,
  ];
}

function outcome({ asked, applied, skipped, before, after }: SwitchRecord): string {
  if (skipped !== undefined) return `was not tried: ${escapeHtml(skipped)}`;
  if (asked === 'off') return 'was not asked for';
  const change = before && after ? `, ${decibels(before.sqnr)} before and ${decibels(after.sqnr)} after` : '';
  return `was ${applied ? 'done' : 'tried and left'}${change}`;
}

function number(value: number): string {
  return value === 0 ? '0' : Number(value.toPrecision(4)).toString();
}

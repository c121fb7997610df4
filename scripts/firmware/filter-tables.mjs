/** The coefficients of the biquads and the resampler's kernel, as C tables. */
import { hexFloat } from './c-float.mjs';
import { ecgModule } from './ecg-module.mjs';

const notice = (from) => `/* Written by \`npm run firmware:tables\` from packages/ecg/src/${from}: do not edit. */`;

/** One section: b0, b1, b2, a1, a2, and output over input for a constant, as biquad.ts computes it. */
function section([b0, b1, b2, a1, a2]) {
  const gainAtZero = Math.round((b0 + b1 + b2) / (1 + a1 + a2));
  return `    {${[b0, b1, b2, a1, a2, gainAtZero].map(hexFloat).join(', ')}},`;
}

/** @param {string} name of the table in C @param {string} guard @param {string} from its file in packages/ecg/src */
function cascade(name, guard, from, sections) {
  return [
    notice(from),
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    '#include "edgebeat/biquad.h"',
    '',
    '/* b0, b1, b2, a1, a2, output over input for a constant */',
    `static const eb_biquad_coefficients ${name}[${sections.length}] = {`,
    ...sections.map(section),
    '};',
    '',
    '#endif',
    '',
  ].join('\n');
}

/** @returns {Promise<string>} ecg-band-coefficients.h */
export async function ecgBandHeader() {
  const { ecgBand } = await ecgModule('signal/ecg-band');
  return cascade('ecg_band', 'EDGEBEAT_ECG_BAND_COEFFICIENTS_H', 'signal/ecg-band.ts', ecgBand);
}

/** @returns {Promise<string>} qrs-band-coefficients.h */
export async function qrsBandHeader() {
  const { qrsBand } = await ecgModule('detector/constants');
  return cascade('qrs_band', 'EDGEBEAT_QRS_BAND_COEFFICIENTS_H', 'detector/constants.ts', qrsBand);
}

/** @returns {Promise<string>} resampler-kernel.h */
export async function kernelHeader() {
  const { kernelTable } = await ecgModule('signal/resampler-kernel');
  const rows = [];
  for (let i = 0; i < kernelTable.length; i += 4)
    rows.push(`    ${Array.from(kernelTable.slice(i, i + 4), hexFloat).join(', ')},`);
  return [
    notice('signal/resampler-kernel.ts'),
    '#ifndef EDGEBEAT_RESAMPLER_KERNEL_H',
    '#define EDGEBEAT_RESAMPLER_KERNEL_H',
    '',
    `#define KERNEL_LENGTH ${kernelTable.length}`,
    '',
    'static const float kernel_table[KERNEL_LENGTH] = {',
    ...rows,
    '};',
    '',
    '#endif',
    '',
  ].join('\n');
}

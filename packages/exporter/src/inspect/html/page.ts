/**
 * What is known of a model as one page that needs nothing else: no network, no fonts, no library. Pictures are SVG, colours follow
 * the reader's choice of light and dark.
 */

import type { QuantizationReport } from '../../quantizer/quantization-report.js';
import type { LayerErrors } from '../compare/layer-errors.js';
import type { InspectReport } from '../inspect-report.js';
import { artefactTable, type ExportedContent } from './artefact-table.js';
import { BOARD_WORDS, boardTable } from './board-table.js';
import { costCharts } from './cost-charts.js';
import { errorCharts } from './error-charts.js';
import { escapeHtml } from './escape.js';
import { percent, several } from './figures.js';
import { layerTable } from './layer-table.js';
import { memoryChart } from './memory-chart.js';
import { quantizationChoices } from './quantization-choices.js';
import { SORT_SCRIPT } from './sort-script.js';
import { STYLE } from './style.js';
import { tiles } from './tiles.js';

/** What the page shows; what is not given is left out. */
export interface PageContent {
  readonly report: InspectReport;
  /** Of the float model that an int8 graph was made of. */
  readonly float?: InspectReport;
  readonly errors?: LayerErrors;
  readonly quantization?: QuantizationReport;
  readonly exported?: ExportedContent;
}

/** @returns an HTML document */
export function inspectPage({ report, float, errors, quantization, exported }: PageContent): string {
  const name = escapeHtml(report.model);
  const sections = [
    ...(exported ? [section('Exported', EXPORTED_WORDS, artefactTable(exported))] : []),
    section('Boards', BOARD_WORDS, boardTable(report.fit)),
    section('Activation memory', MEMORY_WORDS, memoryChart(report)),
    ...(errors ? [section('What int8 costs', errorWords(errors), errorCharts(errors))] : []),
    section('Parameters and multiply-accumulates', costWords(report), costCharts(report)),
    ...(report.islands ? [section('Float islands', '', islands(report.islands))] : []),
    ...(quantization ? [section('What the quantizer chose', '', quantizationChoices(quantization))] : []),
    section('Layers', LAYER_WORDS, layerTable(report, errors)),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}, ${report.numbers}: layers, memory, errors</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${name} <span class="soft">${report.numbers}</span></h1></header>
${tiles(report, float)}
${sections.join('\n')}
<footer>Made by edgebeat. All figures are for one window.</footer>
<script>${SORT_SCRIPT}</script>
</body>
</html>
`;
}

const MEMORY_WORDS =
  '<span class="key own"></span>what a step reads and writes <span class="key kept"></span>what is kept for later steps. ' +
  'Every activation is live from its making to its last reading; weights are not counted.';

const EXPORTED_WORDS =
  'Agreement: share of windows that are decided as by the float32 model; where nothing is decided, the mean cosine of the answers.';

const LAYER_WORDS =
  'Press a head to sort by it. Layers with a bar at their left compute with float32 numbers in an int8 graph.';

const costWords = ({ islands: inIslands }: InspectReport) =>
  inIslands ? '<span class="key bar"></span>int8 <span class="key island"></span>float32' : '';

function errorWords({ windows }: LayerErrors): string {
  return `Signal-to-quantization-noise ratio on ${several(windows, 'window')}: 20 dB is an error of a tenth of the signal, 40 dB of a hundredth. <em>Alone</em>: the layer gets the float network's values, rounded to their codes, and its weights are int8. <em>Up to there</em>: the int8 network as it is.`;
}

function islands({ layers, macShare }: NonNullable<InspectReport['islands']>): string {
  if (layers.length === 0) return '<p>None: all layers compute with integers.</p>';
  const names = layers.map((layer) => `<code>${escapeHtml(layer)}</code>`).join(' ');
  return `<p>${several(layers.length, 'layer')} in float32, with ${percent(macShare)} of the multiply-accumulates.</p><p>${names}</p>`;
}

function section(heading: string, words: string, content: string): string {
  return `<section><h2>${heading}</h2>${words === '' ? '' : `<p class="soft">${words}</p>`}${content}</section>`;
}

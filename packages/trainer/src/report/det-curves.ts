/**
 * Verification as a picture (SVG): a DET curve for every condition, FNMR over FMR on normal-deviate axes (Martin, Doddington, Kamm,
 * Ordowski and Przybocki, Eurospeech 1997), where normally distributed scores give straight lines.
 */
import { escapeText, group, round } from '../curves/svg.js';
import type { VerificationReport, VerificationRow } from './evaluation-report.js';
import { normalDeviate } from './normal-deviate.js';

const plotSize = 560;
const left = 74;
const top = 64;
const legendWidth = 290;
const width = left + plotSize + legendWidth;
const height = top + plotSize + 58;

/** Where grid lines stand on both axes; those that FMRs are quoted at are drawn darker. */
const ticks = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99];
const strongTicks = new Set([0.01, 0.1]);
const fmrRange = [0.001, 0.5] as const;
/** The axis of FNMR ends at the first of these that holds every line, if any does. */
const fnmrTops = [0.6, 0.9, 0.97, 0.995] as const;

const text = '#1f2933';
const faint = '#6b7785';

/** A colour for each of the data sets, told apart by the first word of a condition; lines of one differ by their dashes. */
const colours: readonly string[] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const dashes: readonly string[] = ['', '9 4', '2.5 3', '9 3 2.5 3'];

interface Line {
  readonly row: VerificationRow;
  readonly stroke: string;
}

/**
 * One line for each condition; those that put several together are left out.
 *
 * @returns the text of an SVG file.
 */
export function detCurvesSvg({
  protocol,
  model,
  rows,
  probeWindows,
  templateWindows,
  noise,
}: VerificationReport): string {
  const lines = linesOf(rows.filter(({ det, isPool }) => det.length > 0 && !isPool));
  const highest = Math.max(...lines.flatMap(({ row }) => row.det.filter(isOnAxis).map(({ fnmr }) => fnmr)));
  const fnmrRange = [0.001, fnmrTops.find((end) => end >= highest) ?? fnmrTops.at(-1)!] as const;
  const x = (fmr: number) => round(placeOn(fmrRange, fmr) * plotSize);
  const y = (fnmr: number) => round((1 - placeOn(fnmrRange, fnmr)) * plotSize);
  const title = `${model}: ${protocol}${noise === undefined ? '' : `, noise ${noise}`}`;
  const plot = [
    ...ticks.filter((tick) => isWithin(fmrRange, tick)).map((tick) => verticalLine(x(tick), tick)),
    ...ticks.filter((tick) => isWithin(fnmrRange, tick)).map((tick) => horizontalLine(y(tick), tick)),
    `<path d="${equalErrors(x, y)}" fill="none" stroke="${faint}" stroke-dasharray="1 3"/>`,
    `<rect width="${plotSize}" height="${plotSize}" fill="none" stroke="${faint}"/>`,
    // What leaves the axes is cut off at the frame, not the lines that run along it.
    `<svg y="-1" width="${plotSize}" height="${plotSize + 2}" viewBox="0 -1 ${plotSize} ${plotSize + 2}">`,
    ...lines.map(({ row, stroke }) => `<path d="${pathOf(row, x, y)}" fill="none" stroke-linejoin="round" ${stroke}/>`),
    '</svg>',
    `<text x="${plotSize / 2}" y="${plotSize + 42}" text-anchor="middle">false match rate (FMR)</text>`,
    `<text transform="translate(-52 ${plotSize / 2}) rotate(-90)" text-anchor="middle">false non-match rate (FNMR)</text>`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"`,
    ` font-family="DejaVu Sans, Verdana, sans-serif" font-size="12" fill="${text}">`,
    `<title>${escapeText(title)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="26" font-size="16" font-weight="bold">${escapeText(title)}</text>`,
    `<text x="${left}" y="46" fill="${faint}">templates of ${templateWindows} windows, probes of ${probeWindows[0]}; dotted: FMR = FNMR; on the lower edge: FNMR below 0.1 %</text>`,
    group(left, top, plot.join('')),
    group(left + plotSize + 22, top + 10, legendOf(lines)),
    '</svg>\n',
  ].join('');
}

function linesOf(rows: readonly VerificationRow[]): Line[] {
  const dataSets = [...new Set(rows.map(dataSetOf))];
  return rows.map((row) => {
    const earlier = rows.slice(0, rows.indexOf(row)).filter((one) => dataSetOf(one) === dataSetOf(row)).length;
    const dash = dashes[earlier % dashes.length]!;
    const colour = colours[dataSets.indexOf(dataSetOf(row)) % colours.length]!;
    return { row, stroke: `stroke="${colour}" stroke-width="1.8"${dash && ` stroke-dasharray="${dash}"`}` };
  });
}

function dataSetOf({ condition }: VerificationRow): string {
  return condition.split(',')[0]!;
}

function legendOf(lines: readonly Line[]): string {
  return lines
    .map(({ row, stroke }, i) => {
      const { eer } = row.metrics;
      const rate = eer === undefined ? '' : `EER ${(100 * eer.value).toFixed(1)} % (${row.subjects} persons)`;
      const label = `<text x="42" y="4">${escapeText(row.condition)}</text><text x="42" y="20" fill="${faint}">${rate}</text>`;
      return group(0, i * 44, `<path d="M0 0h34" fill="none" ${stroke}/>${label}`);
    })
    .join('');
}

function pathOf({ det }: VerificationRow, x: (fmr: number) => number, y: (fnmr: number) => number): string {
  return det
    .filter(isOnAxis)
    .map(({ fmr, fnmr }, i) => `${i === 0 ? 'M' : 'L'}${x(fmr)} ${y(fnmr)}`)
    .join('');
}

function isOnAxis({ fmr }: { readonly fmr: number }): boolean {
  return isWithin(fmrRange, fmr);
}

function equalErrors(x: (rate: number) => number, y: (rate: number) => number): string {
  return `M${x(fmrRange[0])} ${y(fmrRange[0])}L${x(fmrRange[1])} ${y(fmrRange[1])}`;
}

function verticalLine(at: number, rate: number): string {
  return `<path d="M${at} 0v${plotSize}" stroke="${gridColour(rate)}"/><text x="${at}" y="${plotSize + 18}" text-anchor="middle" fill="${faint}">${percent(rate)}</text>`;
}

function horizontalLine(at: number, rate: number): string {
  return `<path d="M0 ${at}h${plotSize}" stroke="${gridColour(rate)}"/><text x="-8" y="${at + 4}" text-anchor="end" fill="${faint}">${percent(rate)}</text>`;
}

function gridColour(rate: number): string {
  return strongTicks.has(rate) ? '#9aa5b1' : '#e4e8ed';
}

function percent(rate: number): string {
  return `${Number((100 * rate).toPrecision(3))} %`;
}

function isWithin([low, high]: readonly [number, number], rate: number): boolean {
  return rate >= low && rate <= high;
}

/** 0 … 1 along the axis; what lies below stands at its begin, what lies above a little beyond its end. */
function placeOn([low, high]: readonly [number, number], rate: number): number {
  const [from, to] = [normalDeviate(low), normalDeviate(high)];
  const place = (normalDeviate(Math.min(1 - 1e-6, Math.max(1e-6, rate))) - from) / (to - from);
  return Math.min(1.05, Math.max(0, place));
}

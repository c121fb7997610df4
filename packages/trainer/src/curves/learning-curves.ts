/** The course of a training as a picture (SVG): losses, figures, learning rate, gradients and weights over the steps. */
import { type Curve, type PanelOptions, panel } from './panel.js';
import { fittingScale, formatNumber, roundedScale, scaleFromZero } from './scale.js';
import { escapeText, group } from './svg.js';

/** Numbers by name. */
type Values = Readonly<Record<string, number>>;

/** What is known at a step; a point of the training loop's history is one. */
export interface LearningCurvePoint {
  /** From 1 on. */
  readonly step: number;
  readonly learningRate: number;
  /** Joint norm of the gradients. */
  readonly gradientNorm?: number;
  /** On the training batches. */
  readonly losses: Values;
  /** On the validation part. */
  readonly validationLosses?: Values;
  /** Fractions of 1 on the training batches. */
  readonly figures?: Values;
  /** On the validation part, where it was looked at: fractions of 1, and `temperature`. */
  readonly validation?: Values;
  /** Weights of the losses, where they change. */
  readonly lossWeights?: Values;
}

export interface LearningCurvesOptions {
  /** Heading; none unless given. */
  readonly title?: string;
  /** Step whose weights were kept. */
  readonly bestStep?: number;
}

const width = 900;
const margin = 16;
const headingHeight = 34;
const largePanel = 260;
const smallPanel = 200;

/** Figures of the validation that are best near 0, and one that is no fraction: on an axis that ends at 1 they would be in the way. */
const calibrationErrors = ['ece', 'ece calibrated'];
const TEMPERATURE = 'temperature';
const isApart = (name: string) => name === TEMPERATURE || calibrationErrors.includes(name);

/** Colours that differ for the colour-blind too (Okabe and Ito, 2008), the darkest first. */
const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b58900', '#56b4e9', '#4d4d4d'];

/**
 * Names keep their colour from panel to panel; validation is drawn bolder, with dots.
 *
 * @param history in the order of the steps; may be empty.
 * @returns the text of an SVG file 900 pixels wide.
 */
export function learningCurvesSvg(
  history: readonly LearningCurvePoint[],
  { title, bestStep }: LearningCurvesOptions = {},
): string {
  const colours = coloursOf(history);
  const curves = curveMaker(history, colours);
  const lastStep = history.at(-1)?.step ?? 1;
  // Figures change fast at first, and what counts is how they end.
  const transientSteps = lastStep / 5;
  const shared = { width: width - 2 * margin, height: largePanel, lastStep };
  const panels: PanelOptions[] = [
    {
      ...shared,
      title: 'Loss',
      scale: fittingScale,
      curves: [
        ...curves((point) => point.losses, 'training', false),
        ...curves((point) => point.validationLosses, 'validation', true),
      ],
    },
    {
      ...shared,
      title: 'Figures, fractions of 1',
      scale: roundedScale,
      transientSteps,
      curves: [
        ...curves((point) => point.figures, 'training', false),
        ...curves((point) => chosen(point.validation, (name) => !isApart(name)), 'validation', true).map(withLatest),
      ],
      ...(bestStep === undefined ? {} : { mark: { step: bestStep, label: `best: step ${formatNumber(bestStep)}` } }),
    },
  ];
  const calibration = (names: readonly string[]) =>
    curves((point) => chosen(point.validation, (name) => names.includes(name)), '', true).map(withLatest);
  const large = panels.filter(({ curves }, i) => i === 0 || curves.length > 0);
  const single = (value: (point: LearningCurvePoint) => number | undefined): Curve[] => {
    const values = history.flatMap((point) => {
      const found = value(point);
      return found === undefined ? [] : [[point.step, found] as const];
    });
    return values.length === 0 ? [] : [{ colour: palette.at(-1)!, emphasis: false, values }];
  };
  const small = [
    { title: 'Learning rate', scale: scaleFromZero, curves: single((point) => point.learningRate) },
    { title: 'Gradient norm', scale: fittingScale, curves: single((point) => point.gradientNorm) },
    { title: 'Calibration error', scale: scaleFromZero, transientSteps, curves: calibration(calibrationErrors) },
    { title: 'Temperature', scale: fittingScale, transientSteps, curves: calibration([TEMPERATURE]) },
    { title: 'Weights of the losses', scale: scaleFromZero, curves: curves((point) => point.lossWeights, '', false) },
  ].filter(({ curves }, i) => i === 0 || curves.length > 0);
  const smallWidth = (width - 2 * margin) / small.length;
  const top = title === undefined ? margin : headingHeight;
  const bottom = top + large.length * largePanel;
  const height = bottom + smallPanel + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"`,
    ' font-family="DejaVu Sans, Verdana, sans-serif" font-size="11" fill="#1f2933">',
    `<title>${escapeText(title ?? 'Learning curves')}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    title === undefined
      ? ''
      : `<text x="${margin}" y="24" font-size="16" font-weight="bold">${escapeText(title)}</text>`,
    ...large.map((options, i) => group(margin, top + i * largePanel, panel(options))),
    ...small.map((options, i) =>
      group(margin + i * smallWidth, bottom, panel({ ...options, width: smallWidth, height: smallPanel, lastStep })),
    ),
    '</svg>\n',
  ].join('');
}

/** Those of the values whose names are wanted. */
function chosen(values: Values | undefined, isWanted: (name: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => isWanted(name)));
}

/** A colour for every name of a loss, a figure or a weight, in the order in which they come. */
function coloursOf(history: readonly LearningCurvePoint[]): ReadonlyMap<string, string> {
  const names = new Set(
    history.flatMap(({ losses, validationLosses, figures, validation, lossWeights }) =>
      [losses, validationLosses, figures, validation, lossWeights].flatMap((values) => Object.keys(values ?? {})),
    ),
  );
  return new Map([...names].map((name, i) => [name, palette[i % palette.length]!]));
}

function curveMaker(history: readonly LearningCurvePoint[], colours: ReadonlyMap<string, string>) {
  /** One curve for every name that any point has. */
  return (valuesOf: (point: LearningCurvePoint) => Values | undefined, part: string, emphasis: boolean): Curve[] => {
    const names = new Set(history.flatMap((point) => Object.keys(valuesOf(point) ?? {})));
    return [...names].map((name) => ({
      name: part === '' ? name : `${name}, ${part}`,
      colour: colours.get(name)!,
      emphasis,
      values: history.flatMap((point) => {
        const value = valuesOf(point)?.[name];
        return value === undefined ? [] : [[point.step, value] as const];
      }),
    }));
  };
}

/** The curve with its latest value in its name: what the axis shows too coarsely. */
function withLatest(curve: Curve): Curve {
  const latest = curve.values.at(-1);
  return latest === undefined ? curve : { ...curve, name: `${curve.name} ${latest[1].toFixed(3)}` };
}

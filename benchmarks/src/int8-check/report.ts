/** The tables of `npm run verify:int8`. */
import { markdownTable } from '../markdown-table.js';
import type { CheckedModel } from './rows.js';

/** Of each protocol, what is worth a column. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'verification/unseen': [
    'eerHeartprintSameSession',
    'eerHeartprintS2',
    'eerHeartprintS3',
    'eerEcgIdSameDay',
    'eerEcgIdOtherDate',
  ],
  'kalouskova/time-split': ['identity', 'activity'],
};

export function renderReport(models: readonly CheckedModel[]): string {
  const rows = models.flatMap((model) => model.rows);
  const percent = (value: number) => (100 * value).toFixed(2);
  const figures = rows.flatMap(({ model, engine, protocol, agreement, metrics }) =>
    (SHOWN[protocol] ?? Object.keys(metrics)).map((name) => {
      const { float, int8 } = metrics[name]!;
      const difference = 100 * (int8 - float);
      return [model, engine, name, String(agreement.windows), percent(float), percent(int8), signed(difference)];
    }),
  );
  const agreements = rows.map(({ model, engine, agreement: { windows, top1, verification, cosine } }) => [
    ...[model, engine, String(windows)],
    Object.entries(top1)
      .map(([name, share]) => `${name} ${percent(share)}`)
      .join(', '),
    verification === undefined ? '–' : percent(verification),
    Object.entries(cosine)
      .map(([name, { median, least }]) => `${name} ${median.toFixed(4)} / ${least.toFixed(4)}`)
      .join(', '),
  ]);
  const identified = rows.flatMap(({ model, engine, identification }) =>
    identification
      ? [
          [
            ...[model, engine, String(identification.probes), percent(identification.float)],
            ...[percent(identification.int8), percent(identification.alike)],
          ],
        ]
      : [],
  );
  const codes = models.flatMap((model) =>
    model.codes.map(({ model: name, engine, windows, equalCodes, most, sameDecision, ties, verification }) => [
      ...[name, engine, String(windows), percent(equalCodes), String(most), percent(sameDecision), String(ties)],
      verification === undefined ? '–' : percent(verification),
    ]),
  );
  return [
    markdownTable(['model', 'artefact', 'figure', 'windows', 'float %', 'int8 %', 'points'], figures),
    '',
    markdownTable(
      ['model', 'artefact', 'windows', 'same top-1 as float, %', 'verified alike, %', 'cosine, median / least'],
      agreements,
    ),
    '',
    ...(identified.length > 0
      ? [
          markdownTable(
            ['model', 'artefact', 'probes of 5 windows', 'rank 1, float %', 'rank 1, int8 %', 'same person, %'],
            identified,
          ),
          '',
        ]
      : []),
    markdownTable(
      [
        'model',
        'against the integer interpreter',
        'windows',
        'equal codes, %',
        'most apart',
        'same decision, %',
        'ties within 2',
        'verified alike, %',
      ],
      codes,
    ),
  ].join('\n');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** Models side by side: every figure that the table names is one that its protocol gives. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type EvaluationReport, evaluate, identityTable, identityTableRows } from '../src/index.js';
import { meanBeatMetadata, meanBeatModel } from './mean-beat-model.js';
import { writeEcgId, writeHeartprint, writePtb } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const dataDir = temporaryFolder();
const [may, june] = ['01.05.2005', '01.06.2005'];
const closedSets = ['ecg-id/closed', 'ecg-id/random', 'ptb/closed'];
const protocols = [...new Set(identityTableRows.map(({ protocol }) => protocol))];

let reports: EvaluationReport[];
beforeAll(async () => {
  // Among those held out are persons 1 and 2 of ECG-ID, 4 and 8 of Heartprint, patients 1 and 49 of PTB.
  await writeEcgId(dataDir, [
    [may, may, june],
    [may, june],
    [may, may],
  ]);
  const everySession = { 1: 2, 2: 1, '3L': 1, '3R': 1 };
  writeHeartprint(dataDir, [{}, {}, {}, everySession, {}, {}, {}, everySession]);
  await writePtb(dataDir, { 1: ['01/10/1990', '02/10/1990'], 49: ['03/10/1990'] });
  reports = [];
  for (const protocol of protocols) {
    const model = closedSets.includes(protocol) ? knowingModel() : meanBeatModel();
    reports.push(await evaluate(model, { protocol, dataDir, resamples: 20 }));
  }
});

/** A model whose logits stand for everybody here: those alone have probabilities. */
function knowingModel(): Uint8Array {
  const persons = ['Person_01', 'Person_02', 'Person_03', 'patient001', 'patient049'];
  const identity = Array.from({ length: 300 }, (_, index) => persons[index] ?? `nobody ${index}`);
  return meanBeatModel({ ...meanBeatMetadata, classes: { identity } }, { withLogits: true });
}

/** Cells of the lines under the head. */
const cellsOf = (table: string) =>
  table
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '));

describe('identityTable', () => {
  test('names figures that stand in the reports of their protocols', () => {
    const missing = identityTableRows.filter(
      ({ protocol, metric }) => reports.find((report) => report.protocol === protocol)?.metrics[metric] === undefined,
    );
    expect(missing).toEqual([]);
  });

  test('has no line twice', () => {
    const names = identityTableRows.map(({ protocol, metric }) => `${protocol} ${metric}`);
    expect(new Set(names).size).toBe(names.length);
    const heads = cellsOf(identityTable([])).map((cells) => cells.join());
    expect(new Set(heads).size).toBe(names.length);
  });

  test('tells each figure with its interval, a dash where there is none', () => {
    const [first, ...others] = reports;
    const [line] = identityTableRows;
    const { [line!.metric]: figure, ...rest } = first!.metrics;
    const table = identityTable([
      { title: 'all', reports },
      { title: 'all but one figure', reports: [{ ...first!, metrics: rest }, ...others] },
      { title: 'one protocol', reports: [first!] },
      { title: 'nothing', reports: [] },
    ]);
    expect(table.endsWith('|\n')).toBe(true);
    expect(table.split('\n')[0]).toBe('| protocol | figure | all | all but one figure | one protocol | nothing |');
    const lines = cellsOf(table);
    expect(lines).toHaveLength(identityTableRows.length);
    const isFigure = /^\d\.\d{3} \(\d\.\d{3} … \d\.\d{3}\)$/;
    for (const [index, [protocol, title, all, allButOne, one, nothing]] of lines.entries()) {
      const row = identityTableRows[index]!;
      expect([protocol, title]).toEqual([`\`${row.protocol}\``, row.title]);
      expect(all).toMatch(isFigure);
      expect(allButOne).toBe(index === 0 ? '–' : all);
      expect(one).toBe(row.protocol === first!.protocol ? all : '–');
      expect(nothing).toBe('–');
    }
    const { value, low, high } = figure!;
    expect(lines[0]![2]).toBe(`${value.toFixed(3)} (${low.toFixed(3)} … ${high.toFixed(3)})`);
  });

  test('takes the figures of a protocol from its report, whatever their order', () => {
    expect(identityTable([{ title: 'a', reports: [...reports].reverse() }])).toBe(
      identityTable([{ title: 'a', reports }]),
    );
  });
});

/** `edgebeat compare`: what is kept is not made again, what is missing is, and a stopped run goes on. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeModel, encodeModel, readMetadata } from '@edgebeat/graph';
import { loadWeights, weightsNames } from '@edgebeat/models';
import { identityTableRows, TABLE_BEGIN, TABLE_END } from '@edgebeat/trainer';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ecgOf, writeEcgIdRecord } from '../../trainer/test/synthetic-data-sets.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { edgebeat, startEdgebeat } from './edgebeat-process.js';

const protocols = [...new Set(identityTableRows.map(({ protocol }) => protocol))];
const strangerProtocols = [
  'ecg-id/other-record',
  'ecg-id/other-date',
  'heartprint/cross-session',
  'verification/unseen',
];
const trained = ['baseline-lda', 'resnet34', 'deit-tiny', 'deit-micro'];
const shipped = trained.filter((name) => weightsNames().includes(name));
/** What no earlier run has left: a fitted model, and reports on ECG-ID. */
const missingModel = 'baseline-lda-ecg-id-closed-seed1.onnx';
const missing = [
  'baseline-cosine-by-ecg-id-closed.json',
  'baseline-cosine-by-ecg-id-other-record.json',
  'baseline-cosine-by-ecg-id-other-date.json',
  'baseline-lda-ecg-id-closed-seed1-by-ecg-id-closed.json',
];

let folder: string;
let dataDir: string;
let out: string;
let words: string[];
let figureSeed = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-compare-'));
  [dataDir, out] = [join(folder, 'data'), join(folder, 'out')];
  await mkdir(out);
  words = ['compare', '--data', dataDir, '--out', out, '--threads', '1'];
  for (const person of [1, 2, 3]) {
    for (const [k, [date, seconds]] of (
      [
        ['01.05.2005', 60],
        ['01.06.2005', 12],
        ['02.06.2005', 12],
      ] as const
    ).entries()) {
      const samples = ecgOf(person, { rate: 500, seconds, seed: 10 * person + k });
      await writeEcgIdRecord(dataDir, { person, record: k + 1, date, samples });
    }
  }
  await keep('baseline-cosine', await loadWeights('baseline-cosine'), protocols);
  for (const name of trained) {
    for (const protocol of protocols) {
      // The probes of other dates have no training of their own.
      const trainedFor = protocol === 'ecg-id/other-date' ? 'verification/unseen' : protocol;
      const bytes = await modelNamed(`${name} for ${trainedFor}`);
      await writeFile(join(out, `${name}-${fileName(trainedFor)}-seed1.onnx`), bytes);
      await keep(`${name}-${fileName(protocol)}-seed1`, bytes, [protocol]);
    }
  }
  for (const name of shipped) await keep(`${name}-shipped`, await loadWeights(name), strangerProtocols);
  for (const file of [missingModel, ...missing]) await rm(join(out, file));
});
afterAll(() => rm(folder, { recursive: true }));

const fileName = (protocol: string) => protocol.replace('/', '-');

/** A model like `baseline-cosine`, in a file of its own. */
async function modelNamed(doc: string): Promise<Uint8Array> {
  const model = decodeModel(await loadWeights('baseline-cosine'));
  return encodeModel({ ...model, graph: { ...model.graph, doc } });
}

/** Leaves reports as an earlier run would have, every figure another one. */
async function keep(name: string, bytes: Uint8Array, of: readonly string[]): Promise<void> {
  const modelSha256 = createHash('sha256').update(bytes).digest('hex');
  for (const protocol of of) {
    const rows = identityTableRows.filter((row) => row.protocol === protocol);
    const metrics = Object.fromEntries(
      rows.map(({ metric }) => [metric, { value: ++figureSeed / 1000, low: 0, high: 1, n: 1, subjects: 1 }]),
    );
    await writeFile(
      join(out, `${name}-by-${fileName(protocol)}.json`),
      JSON.stringify({ protocol, modelSha256, metrics }),
    );
  }
}

/** When each file of the folder was written. */
async function times(): Promise<Map<string, number>> {
  const files = (await readdir(out)).sort();
  return new Map(await Promise.all(files.map(async (file) => [file, (await stat(join(out, file))).mtimeMs] as const)));
}

const changesSince = async (before: Map<string, number>) =>
  [...(await times())].filter(([file, time]) => before.get(file) !== time).map(([file]) => file);

// biome-ignore lint/suspicious/noExplicitAny: reports of every shape
const kept = async (file: string): Promise<any> => JSON.parse(await readFile(join(out, file), 'utf8'));

describe('edgebeat compare', () => {
  test('stopped, keeps what is finished', async () => {
    const before = await times();
    const work = startEdgebeat([...words, '--json']);
    let isRunning = true;
    void work.ended.finally(() => {
      isRunning = false;
    });
    while (isRunning && !existsSync(join(out, missing[0]!))) await sleep(10);
    work.kill('SIGINT');
    const { status, report } = await work.ended;
    expect({ status, error: report.error }).toEqual({ status: 1, error: 'interrupted' });
    const made = await changesSince(before);
    expect(made).toContain(missing[0]);
    expect(made.length).toBeLessThan(missing.length);
    expect(await kept(missing[0]!)).toMatchObject({
      model: 'baseline-cosine',
      protocol: 'ecg-id/closed',
      resamples: 1000,
    });
  }, 300_000);

  test('goes on with what is missing, fits what learns, and fills the card', async () => {
    const before = await times();
    const card = join(folder, 'card.md');
    await writeFile(card, `# Models\n\n${TABLE_BEGIN}\nold\n${TABLE_END}\n\nLimits.\n`);
    const { status, stdout, stderr } = await edgebeat([...words, '--card', card]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const remaining = [missingModel, ...missing].filter((file) => !before.has(file)).sort();
    expect(await changesSince(before)).toEqual(remaining);

    const { name, classes, training } = readMetadata(decodeModel(await readFile(join(out, missingModel))).metadata);
    expect({ name, classes }).toEqual({
      name: 'baseline-lda',
      classes: { identity: ['Person_01', 'Person_02', 'Person_03'] },
    });
    expect(training!.records[0]).toBe('ecg-id/Person_01/rec_1[0,0.7)');
    const fitted = createHash('sha256')
      .update(await readFile(join(out, missingModel)))
      .digest('hex');
    const report = await kept(missing[3]!);
    expect(report).toMatchObject({
      model: 'baseline-lda',
      modelSha256: fitted,
      answeredBy: 'logits',
      training: 'parts',
    });

    expect(await readFile(card, 'utf8')).toBe(`# Models\n\n${TABLE_BEGIN}\n\n${stdout}${TABLE_END}\n\nLimits.\n`);
    const [head, , first] = stdout.split('\n').map((line) => line.slice(2, -2).split(' | '));
    expect(head!.slice(2)).toEqual([
      'baseline-cosine',
      ...trained.map((model) => `${model}, trained for each protocol`),
      ...shipped.map((model) => `${model}, as shipped, on persons never seen`),
    ]);
    const accuracyOf = async (file: string) => (await kept(file)).metrics.accuracy.value.toFixed(3);
    const cells = first!.slice(2, 5).map((cell) => cell.slice(0, 5));
    expect(cells).toEqual([
      await accuracyOf(missing[0]!),
      await accuracyOf(missing[3]!),
      await accuracyOf('resnet34-ecg-id-closed-seed1-by-ecg-id-closed.json'),
    ]);
  }, 300_000);

  test('judges anew where the weights are others, or a report was cut short, and nothing else', async () => {
    const others = 'resnet34-ecg-id-closed-seed1';
    await writeFile(join(out, `${others}.onnx`), await modelNamed('other weights'));
    const cut = 'baseline-lda-ecg-id-other-record-seed1-by-ecg-id-other-record.json';
    await truncate(join(out, cut), 40);
    const before = await times();
    const { status, stderr, report } = await edgebeat([...words, '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await changesSince(before)).toEqual([cut, `${others}-by-ecg-id-closed.json`]);
    expect(report).toMatchObject({ schema: 'edgebeat.comparison/1', seed: 1 });
    expect(report.columns).toHaveLength(1 + trained.length + shipped.length);
    const column = (title: string) => report.columns.find((one: { title: string }) => one.title.startsWith(title));
    const protocolsOf = (title: string) => column(title).reports.map(({ protocol }: { protocol: string }) => protocol);
    for (const title of ['baseline-cosine', ...trained.map((name) => `${name}, trained`)]) {
      expect(protocolsOf(title)).toEqual(protocols);
    }
    for (const name of shipped) expect(protocolsOf(`${name}, as shipped`)).toEqual(strangerProtocols);
    expect(column('resnet34, trained').reports[0]).toEqual(await kept(`${others}-by-ecg-id-closed.json`));
    expect((await kept(cut)).rows[0].records).toBe(3);
  }, 300_000);

  test('takes up the models that are named, and no others', async () => {
    const before = await times();
    const { status, report } = await edgebeat([...words, '--models', 'baseline-lda, deit-micro', '--json']);
    expect(status).toBe(0);
    expect(report.columns.map(({ title }: { title: string }) => title)).toEqual([
      'baseline-cosine',
      ...['baseline-lda', 'deit-micro'].map((name) => `${name}, trained for each protocol`),
      ...shipped
        .filter((name) => ['baseline-lda', 'deit-micro'].includes(name))
        .map((name) => `${name}, as shipped, on persons never seen`),
    ]);
    expect(await changesSince(before)).toEqual([]);
    const streams = capturedStreams();
    expect(await runCommandLine([...words, '--models', 'resnet35'], streams)).toBe(2);
    expect(streams.stderr.text).toContain('resnet34');
  }, 300_000);

  test('with another seed wants models of that seed: those of the first are not taken', async () => {
    const streams = capturedStreams();
    const nowhere = join(folder, 'nowhere');
    const status = await runCommandLine(['compare', '--data', nowhere, '--out', out, '--seed', '2'], streams);
    expect(status).toBe(2);
    expect(streams.stderr.text).toContain(`error: ${nowhere} is not a folder`);
    expect([...(await times()).keys()].filter((file) => file.includes('seed2'))).toEqual([]);
  });
});

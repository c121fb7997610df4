/** Ctrl-C at the worst moment: every command ends soon, in good order. */
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { untilStopped } from '../src/gateway/until-stopped.js';
import { untilAborted } from '../src/interruption.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { startEdgebeat } from './edgebeat-process.js';

/** Takes connections and never answers. */
let silent: ReturnType<typeof createServer>;
let sockets: Socket[];
let silentUrl: string;
let folder: string;

beforeEach(async () => {
  sockets = [];
  silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  silentUrl = `mqtt://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-interruption-'));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
  await rm(folder, { recursive: true });
});

const interrupted = { schema: 'edgebeat.error/1', error: 'interrupted', hint: 'run the command again' };
const told = 'error: interrupted\nhint: run the command again\n';

/** Runs a command and interrupts it as soon as it can hear, or later. */
async function interrupt(words: string[], later?: () => Promise<unknown>) {
  const streams = capturedStreams();
  let at = 0;
  const strike = () => {
    at = performance.now();
    process.emit('SIGINT');
  };
  const onListener = (event: string | symbol) => {
    if (event !== 'SIGINT') return;
    process.off('newListener', onListener);
    // The listener is added right after this.
    if (later) void later().then(strike);
    else queueMicrotask(strike);
  };
  process.on('newListener', onListener);
  const status = await runCommandLine([...words, '--json'], streams);
  const ms = performance.now() - at;
  return { status, ms, report: JSON.parse(streams.stdout.text), stderr: streams.stderr.text };
}

const connection = () => new Promise((resolve) => silent.once('connection', resolve));

describe('the first Ctrl-C', () => {
  test('ends a demo that has just begun, with its report', async () => {
    const { status, report } = await interrupt(['demo']);
    expect(status).toBe(0);
    expect(report.devices).toHaveLength(5);
    expect(report.playedSeconds).toBeLessThan(5);
  });

  test('ends watches that wait for their broker, with their report', async () => {
    const { status, ms, report } = await interrupt(['simulate', '--devices', '30', '--broker', silentUrl], connection);
    expect(status).toBe(0);
    expect(report.devices.map(({ framesMade }: { framesMade: number }) => framesMade)).toEqual(Array(30).fill(0));
    expect(ms).toBeLessThan(1500);
  });

  test.each([
    ['watches that are not made yet', () => ['simulate', '--devices', '30', '--broker', silentUrl]],
    ['a gateway that loads its model', () => ['run', '--broker', silentUrl]],
    ['an evaluation', () => ['evaluate', 'baseline-cosine', '--protocol', 'ecg-id/other-record', '--data', folder]],
    ['segmentation', () => ['segment', folder]],
  ])('ends %s: it was interrupted', async (_, words) => {
    const { status, ms, report, stderr } = await interrupt(words());
    expect({ status, report, stderr }).toEqual({ status: 1, report: interrupted, stderr: told });
    expect(ms).toBeLessThan(1500);
  });

  test('ends a gateway that waits for its broker: it was interrupted', async () => {
    const connected = connection();
    const gateway = startEdgebeat(['run', '--broker', silentUrl, '--json']);
    await connected;
    const at = performance.now();
    gateway.kill('SIGINT');
    const { status, report, stderr } = await gateway.ended;
    expect({ status, report, stderr }).toEqual({ status: 1, report: interrupted, stderr: told });
    expect(performance.now() - at).toBeLessThan(5000);
  });
});

/** Interrupts a command that computes for long, when it has come that far. */
async function interruptWork(words: string[]): Promise<void> {
  const work = startEdgebeat([...words, '--json']);
  await work.hearsInterrupts();
  await sleep(1000);
  const at = performance.now();
  work.kill('SIGINT');
  const { status, report } = await work.ended;
  expect({ status, report }).toEqual({ status: 1, report: interrupted });
  // The work would go on for a minute and more.
  expect(performance.now() - at).toBeLessThan(5000);
}

describeWithRecordings('ecg-id', 'the first Ctrl-C', (ecgId) => {
  test('ends an evaluation that is busy with its intervals', async () => {
    const words = ['evaluate', 'baseline-cosine', '--protocol', 'ecg-id/other-record', '--data', dirname(ecgId)];
    await interruptWork([...words, '--resamples', '1000000']);
  });
});

describeWithRecordings('mitdb', 'the first Ctrl-C', (mitdb) => {
  test('ends segmentation that is busy with a record', async () => {
    await interruptWork(['segment', mitdb, '--reference', 'atr', '--jobs', '1']);
  });
});

describe('waiting', () => {
  test('for work ends with an abort, and undoes what comes late', async () => {
    const stop = new AbortController();
    expect(await untilAborted(Promise.resolve(7), stop.signal)).toBe(7);
    await expect(untilAborted(Promise.reject(new Error('no')), stop.signal)).rejects.toThrow('no');
    const undone: number[] = [];
    const waiting = untilAborted(sleep(20, 8), stop.signal, (late) => undone.push(late));
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(untilAborted(sleep(20, 9), stop.signal, (late) => undone.push(late))).rejects.toThrow();
    await sleep(60);
    expect(undone).toEqual([8, 9]);
  });

  test('for more than a timer holds does not end at once', async () => {
    const stop = new AbortController();
    let ended = false;
    const waiting = untilStopped(stop.signal, 3_000_000).then(() => {
      ended = true;
    });
    await sleep(30);
    expect(ended).toBe(false);
    stop.abort();
    await waiting;
    await untilStopped(new AbortController().signal, 0.01);
  });
});

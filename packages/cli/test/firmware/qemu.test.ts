/** The whole watch on emulated boards: it boots, recognises, and answers what the twin and the gateway answer, to the bit. */
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordingsOf } from '../../../../testing/recordings.js';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../src/broker/embedded-broker.js';
import { buildFirmware } from '../../src/firmware/build-firmware.js';
import { firmwareModel } from '../../src/firmware/firmware-model.js';
import type { FirmwareReport } from '../../src/firmware/firmware-report.js';
import { runCommandLine } from '../../src/program.js';
import { capturedStreams } from '../captured-streams.js';
import { edgebeat } from '../edgebeat-process.js';

/** Where built firmware is kept from one run of the tests to the next. */
const KEPT = fileURLToPath(new URL('../../../../node_modules/.cache/edgebeat/test-firmware', import.meta.url));
const ecgId = recordingsOf('ecg-id');
const SOURCE = ecgId === undefined ? 'synth:7' : join(ecgId, 'Person_01', 'rec_1');

let broker: EmbeddedBroker;
beforeAll(async () => {
  broker = await startEmbeddedBroker();
});
afterAll(() => broker.close());

describeWithProgram('arm-none-eabi-gcc', 'firmware', () => {
  describeWithProgram('qemu-system-arm', 'booted in QEMU', () => {
    test.each(['cortex-m4f', 'cortex-m55'])(
      'edgebeat firmware: %s answers what twin and gateway answer',
      async (processor) => {
        const streams = capturedStreams();
        const words = ['--source', SOURCE, '--seconds', '10', '--enroll', '5', '--subject', 'ada', '--out', KEPT];
        const status = await runCommandLine(
          ['firmware', 'deit-micro', '--target', processor, '--json', ...words],
          streams,
        );
        expect([status, streams.stderr.text]).toEqual([0, expect.stringContaining('exported')]);
        const report = JSON.parse(streams.stdout.text.trimEnd().split('\n').at(-1)!) as FirmwareReport;
        const { sides, figures } = report;
        expect(report).toMatchObject({ model: 'deit-micro', device: `qemu:${processor}`, frames: 50, equal: true });
        expect(
          sides.map(({ name, comparison, frameMismatches }) => [name, comparison?.mismatches, frameMismatches]),
        ).toEqual([
          [`qemu:${processor}`, undefined, null],
          ['twin', 0, 0],
          ['gateway', 0, null],
        ]);
        expect(sides[0]).toMatchObject({ identity: 'ada', decisions: { enrolling: expect.any(Number) } });
        expect(sides[0]!.beats).toBeGreaterThan(8);
        expect(figures.windows).toBe(sides[0]!.answers);
        expect(figures.networkInstructions / figures.windows).toBeGreaterThan(1e6);
        expect(figures.instructions).toBeGreaterThan(figures.networkInstructions);
        expect(figures.flashBytes).toBeLessThanOrEqual(256_000);
        expect(figures.stackBytes).toBeGreaterThan(500);
        expect(figures.stackBytes).toBeLessThan(8192);
      },
      120_000,
    );

    const simulation = (device: string, firmware: string) => [
      ...['simulate', '--device', device, '--firmware', firmware, '--source', 'synth:7', '--seconds', '6'],
      ...['--broker', broker.address.url, '--mqtt', '3.1.1', '--json'],
    ];

    test('edgebeat simulate --device: a virtual watch on a broker', async () => {
      const { file } = await buildFirmware(await firmwareModel('deit-micro'), 'cortex-m55', { folder: KEPT });
      const words = simulation('qemu:cortex-m55', file);
      const { status, report } = await edgebeat([...words, '--rate', 'max', '--enroll', '3']);
      expect(status).toBe(0);
      expect(report.devices).toMatchObject([
        { device: 'watch-1', platform: 'qemu:cortex-m55', framesMade: 30, messagesDropped: 0 },
      ]);
      expect(report.devices[0].beats).toBeGreaterThan(4);
    });

    test('a file that is no firmware ends with one clear error', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'edgebeat-no-firmware-'));
      const file = join(folder, 'no.elf');
      await writeFile(file, 'no firmware');
      const { status, report } = await edgebeat(simulation('qemu:cortex-m4f', file));
      await rm(folder, { recursive: true });
      expect(status).toBe(2);
      expect(report).toMatchObject({
        error: expect.stringContaining('mps2-an386'),
        hint: expect.stringContaining('built'),
      });
    });
  });
});

describe('without what it takes', () => {
  const run = (words: readonly string[], env: Record<string, string> = {}) =>
    edgebeat(
      ['simulate', '--broker', broker.address.url, '--mqtt', '3.1.1', '--seconds', '6', '--json', ...words],
      env,
    );

  test('a missing compiler and a missing emulator are named, with what to install', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'edgebeat-path-'));
    const env = { PATH: folder, XDG_CACHE_HOME: folder };
    const compiler = await run(['--device', 'qemu:cortex-m55'], env);
    expect(compiler.status).toBe(2);
    expect(compiler.report).toMatchObject({
      error: expect.stringContaining('arm-none-eabi-gcc is not installed'),
      hint: expect.stringContaining('apt-get install gcc-arm-none-eabi'),
    });
    const file = join(folder, 'some.elf');
    await writeFile(file, '');
    const emulator = await run(['--device', 'qemu:cortex-m55', '--firmware', file], env);
    await rm(folder, { recursive: true });
    expect(emulator.status).toBe(2);
    expect(emulator.report).toMatchObject({
      error: expect.stringContaining('qemu-system-arm is not installed'),
      hint: expect.stringContaining('apt-get install qemu-system-arm'),
    });
  });

  test('options of firmware without firmware, and models that are none, are refused', async () => {
    const refusals = [
      [['--enroll', '5'], '--enroll is for watches with firmware'],
      [['--device', 'twin', '--firmware', 'x.elf'], 'the twin runs no ELF file'],
      [['--device', 'qemu:cortex-m55', '--firmware', '/none.elf'], 'no such file'],
      [['--device', 'qemu:cortex-m55', '--model', 'resnet34'], 'is no int8 model'],
      [['--device', 'qemu:cortex-m55', '--model', 'dt4ecg'], 'does not tell people apart'],
      [['--device', 'qemu:cortex-m77'], 'cortex-m55'],
    ] as const;
    const noClang = ['firmware', '--target', 'cortex-m4f', '--compiler', 'clang', '--source', 'synth:1'];
    const streams = capturedStreams();
    expect(await runCommandLine(noClang, streams)).toBe(2);
    expect(streams.stderr.text).toContain('there is no clang for cortex-m4f');
    for (const [words, error] of refusals) {
      const streams = capturedStreams();
      const status = await runCommandLine(['simulate', '--broker', 'mqtt://127.0.0.1:1', ...words], streams);
      expect([status, streams.stderr.text]).toEqual([2, expect.stringContaining(error)]);
    }
  });
});

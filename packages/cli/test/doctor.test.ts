/** `edgebeat doctor`: for real on this machine, and its parts on machines that lack something. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemPackages } from '../../../scripts/system-packages.mjs';
import type { Check } from '../src/doctor/check.js';
import { installLine } from '../src/doctor/debian.js';
import { checkEngine } from '../src/doctor/engines.js';
import { checkNode, checkProcessor } from '../src/doctor/machine.js';
import { checkProgram, findBinary, type Program, programs } from '../src/doctor/programs.js';
import { checkRecordings, dataSets } from '../src/doctor/recordings.js';
import { renderChecks } from '../src/doctor/report.js';
import { runBuilt } from './built-cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgebeat-doctor-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('edgebeat doctor', () => {
  test('runs onnxruntime for real and exits with 0 where everything required is here', () => {
    const { status, stdout } = runBuilt(['doctor', '--json']);
    const report = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(report).toMatchObject({ schema: 'edgebeat.doctor/1', ok: true });
    expect(status).toBe(0);
    const byName = new Map<string, Check>(report.checks.map((check: Check) => [check.name, check]));
    expect(byName.get('Node.js')?.detail).toContain(process.versions.node);
    for (const name of ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs-core']) {
      expect(byName.get(name)).toMatchObject({
        status: 'ok',
        detail: expect.stringMatching(/^\d+\.\d+\.\d+ (ran a graph|computes in WebAssembly)$/),
      });
    }
    for (const check of byName.values()) if (check.status !== 'ok') expect(check.remedy).toBeTruthy();
  });

  test('prints a report for people, with the recordings of EDGEBEAT_DATA', () => {
    const data = join(folder, 'data');
    mkdirSync(join(data, 'mitdb'), { recursive: true });
    writeFileSync(join(data, 'mitdb', '100.hea'), '');
    const { status, stdout, stderr } = runBuilt(['doctor'], { EDGEBEAT_DATA: data });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^edgebeat \d+\.\d+\.\d+ on /);
    expect(stdout).toMatch(/ok {7}mitdb +\S+mitdb, 1 entries/);
    expect(stdout).toMatch(/missing {2}nstdb/);
    expect(stdout).toMatch(/Everything required is here\.\n$/);
  });
});

describe('programs', () => {
  const program: Program = {
    name: 'kettle',
    group: 'tests',
    purpose: 'hot water',
    binaries: ['kettle-2', 'kettle'],
    packages: ['kettle-bin'],
    versionArgs: ['--version'],
  };

  /** A folder with one executable shell script. */
  function folderWith(name: string, script: string): string {
    const place = mkdtempSync(join(folder, 'bin-'));
    writeFileSync(join(place, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(place, name), 0o755);
    return place;
  }

  test('are found by any of their names, and say their version even where they exit with a failure', async () => {
    const place = folderWith('kettle', 'echo "kettle version 2.0.11" >&2; exit 3');
    const check = await checkProgram(program, ['/nowhere', place]);
    expect(check).toMatchObject({ status: 'ok', detail: `2.0.11 ${join(place, 'kettle')}` });
  });

  test('are missing where only a folder or a plain file has the name', async () => {
    const place = mkdtempSync(join(folder, 'bin-'));
    mkdirSync(join(place, 'kettle'));
    writeFileSync(join(place, 'kettle-2'), '');
    expect(findBinary(program.binaries, [place])).toBeUndefined();
    const check = await checkProgram(program, [place]);
    expect(check).toMatchObject({ status: 'missing', remedy: expect.stringContaining('apt-get install kettle-bin') });
  });

  test('are broken where they do not start', async () => {
    const place = folderWith('kettle', 'echo "no element" >&2; exit 1');
    const check = await checkProgram(program, [place]);
    expect(check).toMatchObject({ status: 'broken', detail: `${join(place, 'kettle')} no element` });
  });

  test('of the tests are those that npm test installs', () => {
    const installed = systemPackages.map(({ binaries, packages }) => ({ binaries, packages }));
    const here = programs.map(({ binaries, packages }) => ({ binaries, packages }));
    expect(here).toEqual(expect.arrayContaining(installed));
    const forTestsAlone = programs.filter(({ group }) => group === 'tests');
    expect(systemPackages.map(({ why }) => why)).toEqual(
      expect.arrayContaining(forTestsAlone.map(({ purpose }) => purpose)),
    );
  });

  test('are installed with sudo by those who need it', () => {
    const user = { isDebianLike: true, isRoot: false };
    expect(installLine(['a', 'b'], user)).toBe('sudo apt-get install a b');
    expect(installLine(['a'], { ...user, isRoot: true })).toBe('apt-get install a');
    expect(installLine(['a'], { ...user, isDebianLike: false })).toContain('package manager');
  });
});

describe('engines', () => {
  const engine = { name: 'no-such-runtime', required: true, purpose: 'tea', provider: 'cpu', version: () => '1' };

  test('are missing where the package is not there', async () => {
    const absent = Object.assign(new Error("Cannot find package 'no-such-runtime'"), { code: 'ERR_MODULE_NOT_FOUND' });
    const check = await checkEngine({ ...engine, load: () => Promise.reject(absent) });
    expect(check).toMatchObject({ status: 'missing', remedy: 'npm install no-such-runtime' });
  });

  test('are broken where the native library does not load', async () => {
    const unloadable = Object.assign(new Error('GLIBC_2.38 not found\nrequired by'), { code: 'ERR_DLOPEN_FAILED' });
    const check = await checkEngine({ ...engine, load: () => Promise.reject(unloadable) });
    expect(check).toMatchObject({ status: 'broken', detail: 'GLIBC_2.38 not found' });
  });
});

describe('machine', () => {
  test('an old Node.js is not usable', () => {
    expect(checkNode('18.20.4')).toMatchObject({ status: 'broken', required: true, detail: '18.20.4 is too old' });
    expect(checkNode('22.0.0').status).toBe('ok');
  });

  test('vector units are read from /proc/cpuinfo of Intel, AMD and Arm', () => {
    expect(checkProcessor('flags\t\t: fpu avx2 fma avx512f').detail).toMatch(/: AVX2, FMA, AVX-512$/);
    expect(checkProcessor('Features\t: fp asimd asimddp').detail).toMatch(/: NEON, dot product$/);
    expect(checkProcessor('flags\t\t: fpu sse2')).toMatchObject({ status: 'missing', required: false });
    expect(checkProcessor('')).toMatchObject({ status: 'ok', detail: expect.stringContaining('features unknown') });
  });
});

describe('recordings', () => {
  test('are missing without EDGEBEAT_DATA, each with its source', () => {
    const checks = checkRecordings('');
    expect(checks).toHaveLength(dataSets.length);
    for (const check of checks) {
      expect(check).toMatchObject({ status: 'missing', required: false });
      expect(check.remedy).toMatch(/^https:.*EDGEBEAT_DATA/);
    }
  });
});

describe('the report', () => {
  test('ends with what is required and not usable', () => {
    const check = { name: 'engine', group: 'run', required: true, purpose: 'tea' } as const;
    const text = renderChecks('edgebeat', [{ ...check, status: 'broken', detail: 'cold', remedy: 'heat it' }]);
    expect(text).toContain('broken   engine  cold; for tea\n  → engine: heat it');
    expect(text).toMatch(/Required, and not usable: engine\.$/);
  });
});

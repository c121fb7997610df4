/** firmware-templates/zephyr on this computer, with stubs of Zephyr in virtual time: it compiles, finds beats and knows its wearer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toC, toTflm } from '@edgebeat/exporter';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import {
  cFiles,
  coreFiles,
  coreIncludes,
  deitMicro,
  runIn,
  templates,
  WARNINGS,
  writeFiles,
} from '../templates/exported-network.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const APPLICATION = join(templates, 'zephyr');
const COMMON = join(templates, 'common');
const STUBS = path('api-stubs');
const TFLM_STUBS = path('../../../packages/exporter/test/tflm/api-stubs');
const OPTIONS = { SENSOR_INIT_PRIORITY: '90', EDGEBEAT_SAMPLING_FREQUENCY: '250', EDGEBEAT_ENROL_SECONDS: '20' };
const PROPERTIES = { sampling_frequency: 250, heart_rate: 75, noise_microvolt: 20 };

describeWithProgram('cc', 'the Zephyr application', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgebeat-zephyr-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const { graph, metadata } = deitMicro();
    writeFiles(join(folder, 'c'), toC(graph, { metadata }).files);
    writeFiles(join(folder, 'tflm'), toTflm(graph, { metadata }).files);
  }, 60_000);

  const run = (command: string, args: readonly string[]) => runIn(folder, command, args);
  const definitions = (seconds: number) => [
    `-DSTUB_SECONDS=${seconds}`,
    '-DCONFIG_EDGEBEAT_SUBJECT="ada"',
    ...Object.entries(OPTIONS).map(([name, value]) => `-DCONFIG_${name}=${value}`),
    ...Object.entries(PROPERTIES).map(([name, value]) => `-DSTUB_PROP_${name}=${value}`),
  ];
  const includes = (flavour: string) => [
    ...[STUBS, join(APPLICATION, 'app', 'src'), COMMON, flavour].flatMap((name) => ['-I', name]),
    ...coreIncludes,
  ];
  const own = [
    ...['main.c', 'ecg_source.c'].map((file) => join(APPLICATION, 'app', 'src', file)),
    join(APPLICATION, 'drivers', 'sensor', 'ecg_sim', 'ecg_sim.c'),
    join(STUBS, 'virtual-time.c'),
    ...['answer-names.c', 'simulated-ecg.c'].map((file) => join(COMMON, file)),
  ];
  const core = coreFiles();

  describe('in generated C', () => {
    let lines: string[];
    beforeAll(() => {
      const network = [
        join(COMMON, 'network.c'),
        ...cFiles(join(folder, 'c')),
        ...cFiles(join(folder, 'c', 'kernels')),
      ];
      const flags = ['-std=c11', '-O1', ...WARNINGS, ...definitions(50), ...includes('c')];
      run('gcc', [...flags, ...own, ...network, ...core, '-o', 'watch']);
      lines = run('./watch', []).trim().split('\n');
    }, 120_000);

    test('says what network it runs', () => {
      expect(lines).toContain('network deit-micro, embedding of 64');
    });

    test('finds the beats of the simulated electrode', () => {
      const beats = lines.filter((line) => line.startsWith('beat at sample'));
      expect(beats.length).toBeGreaterThanOrEqual(58);
      expect(beats.at(-1)).toMatch(/, 75 a minute$/);
    });

    test('enrols its wearer, then knows him again', () => {
      expect(lines.indexOf('state enrol')).toBeLessThan(lines.indexOf('state verify'));
      const answers = lines.slice(lines.indexOf('state verify')).filter((line) => line.includes('score'));
      expect(answers.length).toBeGreaterThan(15);
      for (const answer of answers) expect(answer).toMatch(/^accepted ada, score 9\d\d \/ 1000$/);
    });
  });

  test('on TensorFlow Lite Micro it compiles; with stubs of it no embedding has a direction', () => {
    const flags = [...WARNINGS, '-O0', ...definitions(8), ...includes('tflm')];
    run('gcc', ['-std=c11', ...flags, '-c', ...own, ...core]);
    const objects = [...own, ...core].map((source) => source.replace(/^.*\/(.*)\.c$/, '$1.o'));
    const network = ['identity.cc', 'model_data.cc', 'network.cc'].map((file) => join('tflm', file));
    const cxx = ['-std=c++17', '-fno-exceptions', '-fno-rtti', '-fno-threadsafe-statics', '-I', TFLM_STUBS];
    const sources = [join(APPLICATION, 'app', 'src', 'network_tflm.cc'), ...network];
    run('g++', [...cxx, ...flags, ...sources, ...objects, '-o', 'watch-tflm']);
    const lines = run('./watch-tflm', []).trim().split('\n');
    expect(lines).toContain('network deit-micro, embedding of 64');
    expect(lines.some((line) => line.startsWith('beat at sample'))).toBe(true);
  }, 120_000);
});

/** firmware-templates/esp-idf on this computer, with stubs of ESP-IDF and FreeRTOS in virtual time. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toC } from '@edgebeat/exporter';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
} from './exported-network.js';

const STUBS = fileURLToPath(new URL('api-stubs/esp-idf', import.meta.url));
const PROJECT = join(templates, 'esp-idf');

describeWithProgram('cc', 'the application for ESP-IDF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgebeat-esp-idf-'));
  let lines: string[];
  beforeAll(() => {
    const { graph, metadata } = deitMicro();
    writeFiles(folder, toC(graph, { metadata }).files);
    const common = join(templates, 'common');
    const defined = ['-DSTUB_SECONDS=24', '-DCONFIG_EDGEBEAT_SUBJECT="ada"', '-DCONFIG_EDGEBEAT_ENROL_SECONDS=8'];
    const flags = ['-std=c11', '-O0', ...WARNINGS, ...defined, '-I', STUBS, '-I', common, '-I.', ...coreIncludes];
    const network = [...cFiles(folder), ...cFiles(join(folder, 'kernels'))];
    const own = [join(PROJECT, 'main', 'main.c'), join(STUBS, 'virtual-time.c'), ...cFiles(common)];
    runIn(folder, 'gcc', [...flags, ...own, ...network, ...coreFiles(), '-o', 'watch']);
    lines = runIn(folder, './watch', []).trim().split('\n');
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('finds beats, enrols its wearer and knows him', () => {
    expect(lines).toContain('edgebeat: network deit-micro, embedding of 64');
    expect(lines.filter((line) => line.includes('beat at sample')).length).toBeGreaterThanOrEqual(25);
    expect(lines.filter((line) => line.startsWith('edgebeat: accepted ada')).length).toBeGreaterThan(5);
  });

  test('options that the sources use are defined, and the component names folders that are there', () => {
    const kconfig = readFileSync(join(PROJECT, 'main', 'Kconfig.projbuild'), 'utf8');
    const main = readFileSync(join(PROJECT, 'main', 'main.c'), 'utf8');
    for (const [, name] of main.matchAll(/CONFIG_(\w+)/g)) expect(kconfig).toContain(`config ${name}\n`);
    const component = join(PROJECT, 'components', 'edgebeat');
    for (const path of ['../../../core/src', '../../../core/app', '../../../core/include', '../../../common'])
      expect(existsSync(join(component, path))).toBe(true);
  });
});

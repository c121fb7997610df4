/** firmware-templates/arduino on this computer, with a stub of Arduino in virtual time. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toC } from '@edgebeat/exporter';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { deitMicro, runIn, templates, WARNINGS, writeFiles } from './exported-network.js';

const STUBS = fileURLToPath(new URL('api-stubs/arduino', import.meta.url));
const SKETCH = 'examples/edgebeat_watch/edgebeat_watch.ino';

describeWithProgram('cc', 'the Arduino library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edgebeat-arduino-'));
  const library = join(folder, 'library');
  beforeAll(() => {
    const { graph, metadata } = deitMicro();
    writeFiles(join(folder, 'exported'), toC(graph, { metadata }).files);
    runIn(folder, join(templates, 'arduino', 'make-library.sh'), [join(folder, 'exported'), library]);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is laid out as Arduino wants it', () => {
    for (const path of ['library.properties', 'src/edgebeat.h', 'src/edgebeat/app/app.hpp', 'src/model.c', SKETCH])
      expect(existsSync(join(library, path))).toBe(true);
  });

  test('compiles with its sketch, which finds beats, enrols its wearer and knows him', () => {
    const sources = readdirSync(join(library, 'src')).filter((file) => file.endsWith('.c'));
    const paths = sources.map((file) => join('library', 'src', file));
    const flags = ['-O0', ...WARNINGS, '-I', 'library/src'];
    runIn(folder, 'gcc', ['-std=c11', ...flags, '-c', ...paths]);
    const objects = sources.map((file) => file.replace(/\.c$/, '.o'));
    copyFileSync(join(library, SKETCH), join(folder, 'sketch.cc'));
    const cxx = ['-std=c++17', ...flags, '-I', STUBS, '-DSTUB_SECONDS=45', '-include', 'Arduino.h'];
    runIn(folder, 'g++', [...cxx, 'sketch.cc', join(STUBS, 'virtual-time.cc'), ...objects, '-o', 'watch']);
    const lines = runIn(folder, './watch', []).trim().split('\n');
    expect(lines[0]).toBe('state boot');
    expect(lines).toContain('deit-micro');
    expect(lines.filter((line) => line.startsWith('beat, 72')).length).toBeGreaterThan(40);
    expect(lines.filter((line) => line.startsWith('accepted wearer, score 9')).length).toBeGreaterThan(5);
  }, 120_000);
});

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

/** Every module that a module of this package imports, directly or not, with what it imports from elsewhere. */
function imports(file: string, seen = new Set<string>(), foreign = new Set<string>()): Set<string> {
  if (seen.has(file)) return foreign;
  seen.add(file);
  for (const [, target] of readFileSync(file, 'utf8').matchAll(/\bfrom '([^']+)'/g)) {
    if (target!.startsWith('.')) imports(join(dirname(file), target!.replace(/\.js$/, '.ts')), seen, foreign);
    else foreign.add(target!);
  }
  return foreign;
}

test('the browser entry needs no Node.js module, the Node.js entry does', () => {
  expect([...imports(join(src, 'browser.ts'))]).toEqual(['zod']);
  expect([...imports(join(src, 'index.ts'))]).toContain('node:fs/promises');
});

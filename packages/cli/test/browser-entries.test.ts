/** What a browser loads of each package must not reach for Node.js: the imports are followed through the sources. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const packages = fileURLToPath(new URL('../../', import.meta.url));

/** The source that a browser gets for `@edgebeat/NAME`. */
function browserEntry(name: string): string {
  const browser = join(packages, name, 'src', 'browser.ts');
  return existsSync(browser) ? browser : join(packages, name, 'src', 'index.ts');
}

/** Everything that is imported from outside this repository, by a source and all that it loads. */
function externalImports(file: string, seen = new Set<string>(), found = new Set<string>()): Set<string> {
  if (seen.has(file)) return found;
  seen.add(file);
  // Type imports vanish when compiled; `import()` of an optional engine is only reached when asked for.
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)'/gms);
  for (const [, specifier] of statements) {
    const name = specifier!.match(/^@edgebeat\/([a-z-]+)$/)?.[1];
    if (name) externalImports(browserEntry(name), seen, found);
    else if (specifier!.startsWith('.'))
      externalImports(join(dirname(file), specifier!.replace(/\.js$/, '.ts')), seen, found);
    else found.add(specifier!);
  }
  return found;
}

test.each(['ecg', 'graph', 'identity', 'runtime', 'wire'])('@edgebeat/%s runs in a browser', (name) => {
  const imports = [...externalImports(browserEntry(name))];
  expect(imports.filter((specifier) => specifier.startsWith('node:'))).toEqual([]);
});

test('the check sees what it is there to find', () => {
  expect([...externalImports(join(packages, 'ecg', 'src', 'index.ts'))]).toContain('node:fs/promises');
});

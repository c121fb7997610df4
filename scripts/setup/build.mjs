/** Lints and compiles the packages (`npm run build`) when a source, a test or a setting changed since the last time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root, stampFolder } from './places.mjs';
import { say } from './step.mjs';

const stampFile = join(stampFolder, 'build.sha256');

/** True where the compiled packages are those of the present sources. */
export function isBuilt() {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== sourceDigest()) return false;
  return packageFolders().every((folder) => existsSync(join(folder, 'dist')));
}

/** Throws a StepError with the compiler's output where a source does not compile. */
export async function build() {
  const digest = sourceDigest();
  say('setup: building the packages (lint, type check, compile)');
  await npm(['run', '--silent', 'build']);
  mkdirSync(stampFolder, { recursive: true });
  // The digest from before the build: a source edited meanwhile makes the next run build again.
  writeFileSync(stampFile, digest);
}

/** SHA-256 over the path and content of everything the build reads. */
function sourceDigest() {
  const hash = createHash('sha256');
  const files = [
    'package.json',
    'biome.json',
    ...readdirSync(root)
      .filter((name) => /^tsconfig.*\.json$/.test(name))
      .sort(),
  ]
    .map((name) => join(root, name))
    .concat(filesBelow(join(root, 'testing')), filesBelow(join(root, 'scripts')));
  for (const folder of packageFolders()) {
    files.push(join(folder, 'package.json'), join(folder, 'tsconfig.json'));
    files.push(...filesBelow(join(folder, 'src')), ...filesBelow(join(folder, 'test')));
  }
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function packageFolders() {
  const folder = join(root, 'packages');
  const packages = readdirSync(folder).sort();
  return [...packages.map((name) => join(folder, name)), join(root, 'benchmarks')].filter((path) =>
    existsSync(join(path, 'tsconfig.json')),
  );
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

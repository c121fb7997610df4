/** Installs the npm packages of package-lock.json, once per lock file. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root, stampFolder } from './places.mjs';
import { say } from './step.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(stampFolder, 'install.sha256');

/** True where node_modules holds what package-lock.json asks for. */
export function isInstalled() {
  if (readText(stampFile) === lockDigest()) return true;
  if (!matchesInstalledTree()) return false;
  writeStamp();
  return true;
}

/** `npm ci`. Throws a StepError with npm's output where that fails. */
export async function install() {
  say('setup: installing the npm packages of package-lock.json (npm ci)');
  await npm(['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund'], {
    hint: 'npm needs its registry, or a cache that holds every package of package-lock.json',
    // The packages of onnxruntime-node hold the CPU binaries; its install script would download CUDA ones.
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  writeStamp();
}

/**
 * Packages that somebody installed by hand (`npm ci`) are as good as ours: npm leaves a lock file of what it installed
 * in node_modules, and this compares the two.
 */
function matchesInstalledTree() {
  const installedText = readText(join(root, 'node_modules', '.package-lock.json'));
  if (installedText === undefined) return false;
  const installed = JSON.parse(installedText).packages;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const present = installed[path];
    // Packages for other platforms are optional, and absent.
    if (!present && entry.optional) continue;
    if (present?.version !== entry.version || present?.integrity !== entry.integrity) return false;
    if (!existsSync(join(root, path))) return false;
  }
  return true;
}

function lockDigest() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function writeStamp() {
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(stampFile, lockDigest());
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

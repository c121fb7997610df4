/** npm packages of this repository as a user has them installed, without asking a registry: packed here, their dependencies copied. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface LockEntry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const lock: Readonly<Record<string, LockEntry>> = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
).packages;

/** Folders of the lock file (`packages/graph`, `node_modules/mqtt`) that installing a package installs; optional peers are not asked for. */
export function installedWith(name: string): string[] {
  const found = new Set<string>();
  const visit = (key: string) => {
    const { link, resolved, dependencies = {} } = lock[key]!;
    const place = link ? resolved! : key;
    if (found.has(place)) return;
    found.add(place);
    for (const dependency of Object.keys(link ? (lock[place]!.dependencies ?? {}) : dependencies))
      visit(locate(place, dependency));
  };
  visit(`node_modules/${name}`);
  return [...found].sort();
}

/** Which of the installed versions a package gets: the nearest above it. */
function locate(from: string, name: string): string {
  const parts = from.startsWith('packages/') ? [] : from.split('/node_modules/');
  for (let depth = parts.length; depth >= 0; depth--) {
    const place = [...parts.slice(0, depth), name].join('/node_modules/');
    const key = depth === 0 ? `node_modules/${name}` : place;
    if (lock[key]) return key;
  }
  throw new Error(`${name}, which ${from} wants, is not in the lock file`);
}

export function hasInstallScript(place: string): boolean {
  return lock[place]?.hasInstallScript === true;
}

/** Puts packages into `folder/node_modules`: ours as `npm pack` makes them, others copied. @param places of the lock file */
export function install(folder: string, places: readonly string[]): void {
  const own = places.filter((place) => place.startsWith('packages/'));
  mkdirSync(folder, { recursive: true });
  pack(folder, own);
  for (const place of places.filter((one) => !own.includes(one))) {
    const from = join(root, place);
    cpSync(from, join(folder, place), {
      recursive: true,
      filter: (path) => !path.slice(from.length).includes('node_modules'),
    });
  }
}

function pack(folder: string, places: readonly string[]): void {
  const workspaces = places.flatMap((place) => ['--workspace', place]);
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', folder, ...workspaces], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`npm pack gave ${status}: ${stderr.slice(-2000)}`);
  const packed: { name: string; filename: string }[] = JSON.parse(stdout.slice(stdout.search(/^\[/m)));
  for (const { name, filename } of packed) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    const archive = join(folder, basename(filename));
    const tar = spawnSync('tar', ['-xzf', archive, '-C', place, '--strip-components=1'], { encoding: 'utf8' });
    if (tar.status !== 0) throw new Error(`tar gave ${tar.status}: ${tar.stderr}`);
    rmSync(archive);
  }
}

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** What files take on a disk with blocks of 4 KiB. */
export function bytesOnDisk(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + Math.ceil(statSync(file).size / 4096) * 4096, 0);
}

/** Runs a module in the folder, with nothing but what is installed there. @returns its standard output */
export function runModule(folder: string, source: string): string {
  const words = ['--input-type=module', '--eval', source];
  const env = { PATH: process.env.PATH };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`node gave ${status}: ${stderr.slice(-2000)}`);
  return stdout;
}

/** The line that installs Debian and Ubuntu packages, as it has to be typed on this machine. */
import { readFileSync } from 'node:fs';

/** @param packages @param surroundings of this process unless told otherwise */
export function installLine(packages: readonly string[], surroundings: Surroundings = thisMachine()): string {
  const line = `${surroundings.isRoot ? '' : 'sudo '}apt-get install ${packages.join(' ')}`;
  return surroundings.isDebianLike ? line : `with your package manager (Debian and Ubuntu: ${line})`;
}

export interface Surroundings {
  isDebianLike: boolean;
  /** Root needs no sudo, and small containers have none. */
  isRoot: boolean;
}

function thisMachine(): Surroundings {
  return { isDebianLike: /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease()), isRoot: process.getuid?.() === 0 };
}

/** `Debian GNU/Linux 12 (bookworm)`, or the platform's name where there is no os-release. */
export function operatingSystem(): string {
  return osRelease().match(/^PRETTY_NAME="?(.*?)"?$/m)?.[1] ?? process.platform;
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

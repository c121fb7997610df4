/** Installs Debian and Ubuntu packages where this process may: as root, or with a sudo that asks no password. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runStep, say } from './step.mjs';

/**
 * @param {{ packages: readonly string[], why: string }[]} missing rows of the table of system packages
 * @returns {Promise<string | undefined>} why they could not be installed, or undefined where they were
 */
export async function installSystemPackages(missing) {
  if (process.env.EDGEBEAT_NO_SYSTEM_INSTALL) return 'EDGEBEAT_NO_SYSTEM_INSTALL is set';
  if (!isDebianLike()) return 'only Debian and Ubuntu packages are installed automatically';
  const prefix = administratorPrefix();
  if (!prefix) return 'this needs root, or sudo without a password';
  const names = missing.flatMap((row) => row.packages);
  say(`test: installing ${missing.map((row) => `${row.packages.join(' ')} (${row.why})`).join(', ')} with apt-get`);
  const apt = async (...args) => {
    const [program, ...rest] = [...prefix, 'apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=120', ...args];
    await runStep(`apt-get ${args[0]}`, program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  };
  try {
    // A repository that does not answer need not be the one that has the packages.
    await apt('update').catch(() => {});
    await apt('install', '--no-install-recommends', ...names);
    return undefined;
  } catch (error) {
    const lastComplaint = error.output?.match(/^E: .*$/gm)?.at(-1);
    return lastComplaint ? `${error.message}: ${lastComplaint}` : error.message;
  }
}

/** The line that gets the packages, to be run by a person. */
export function installLine(names) {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y ${names.join(' ')}`;
}

function isDebianLike() {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** What to put before a command to run it as root; undefined where that is not possible. */
function administratorPrefix() {
  if (process.getuid?.() === 0) return [];
  const probe = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return probe.status === 0 ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive'] : undefined;
}

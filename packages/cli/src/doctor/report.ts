/** The report of `edgebeat doctor`, for people. */
import { type Check, type Group, groups } from './check.js';
import { installLine } from './debian.js';

/** @param machine one line on version and system */
export function renderChecks(machine: string, checks: readonly Check[]): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const lines = [machine];
  for (const group of Object.keys(groups) as Group[]) {
    const members = checks.filter((check) => check.group === group);
    if (members.length === 0) continue;
    lines.push('', groups[group]);
    for (const check of members) {
      const text = check.status === 'ok' ? check.detail : [check.detail, check.purpose].filter(Boolean).join('; for ');
      lines.push(`  ${check.status.padEnd(7)}  ${check.name.padEnd(width)}  ${text}`);
    }
    lines.push(...remedies(members).map((line) => `  → ${line}`));
  }
  const lacking = checks.filter((check) => check.required && check.status !== 'ok').map((check) => check.name);
  lines.push(
    '',
    lacking.length === 0 ? 'Everything required is here.' : `Required, and not usable: ${lacking.join(', ')}.`,
  );
  return lines.join('\n');
}

/** One line for all Debian packages of a group together, then the others, one each. */
function remedies(members: readonly Check[]): string[] {
  const troubled = members.filter((check) => check.status !== 'ok');
  const packages = troubled.flatMap((check) => check.packages ?? []);
  const others = troubled.filter((check) => !check.packages && check.remedy);
  return [
    ...(packages.length > 0 ? [installLine(packages)] : []),
    ...others.map((check) => `${check.name}: ${check.remedy}`),
  ];
}

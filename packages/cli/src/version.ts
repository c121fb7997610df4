/** Version of edgebeat, from its package.json. */
import { readFileSync } from 'node:fs';

export function edgebeatVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

/**
 * How fast the synthetic source is. Measured on the built package in a process of its own: under jest's module loader every
 * access to `Math` is some ten times slower.
 */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

const program = `
  import { drawPerson, SyntheticSource } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
  const source = new SyntheticSource({ schedule: [{ fromSeconds: 0, wearer: drawPerson(1), activity: 'running' }] });
  let best = 0;
  for (let round = 0; round < 4; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < 300 * 5; i++) source.read(50);
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, 300e6 / (user + system));
  }
  console.log(best);
`;

test('a running wearer at 250 Hz, noise and all, is made at 2,000 times real time and more', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  expect(Number(output)).toBeGreaterThan(2000);
});

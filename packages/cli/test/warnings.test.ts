/** Warnings while a command runs: how they read, and how often they come. */
import { describe, expect, test } from '@jest/globals';
import { runCommandLine } from '../src/program.js';
import type { CommandContext, RegisterCommand } from '../src/shell.js';
import { Warnings } from '../src/terminal/warnings.js';
import { capturedStreams } from './captured-streams.js';

class TeapotError extends Error {
  override readonly name = 'TeapotError';
  readonly hint = 'ask a coffee pot';
}

/** What a command that warns leaves on standard error. */
async function run(words: string[], body: (context: CommandContext) => void): Promise<string> {
  const register: RegisterCommand = (program, shell) => {
    program.command('brew').action(shell.action(body));
  };
  const streams = capturedStreams();
  await runCommandLine(['brew', ...words], streams, [register]);
  return streams.stderr.text;
}

describe('warnings', () => {
  const twice = ({ warn }: CommandContext) => {
    warn(new TeapotError('I am a teapot'), 'pot-1');
    warn(new Error('two\nlines \u001b[2J'));
    warn(new TeapotError('I am a teapot'), 'pot-1');
  };

  test('are lines for people', async () => {
    expect(await run([], twice)).toBe(
      'warning: pot-1: I am a teapot (hint: ask a coffee pot)\n' +
        'warning: two lines  [2J\n' +
        'warning: pot-1: I am a teapot (hint: ask a coffee pot) [1 more like it]\n',
    );
  });

  test.each([[['--json']], [['--log-level', 'info']]])('are lines of JSON with %j', async (words) => {
    const lines = (await run(words, twice)).trimEnd().split('\n');
    const [first] = lines.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(first).toMatchObject({ level: 40, device: 'pot-1', msg: 'I am a teapot', hint: 'ask a coffee pot' });
  });

  test('are left out above their level', async () => {
    expect(await run(['--log-level', 'error'], twice)).toBe('');
  });

  test('come once in ten seconds for a cause and a device, with what was left out', () => {
    const told: string[] = [];
    let now = 0;
    const warnings = new Warnings(
      ({ device, message, suppressed }) => told.push(`${device} ${message} +${suppressed}`),
      () => now,
    );
    for (; now < 20_500; now += 1000) {
      warnings.warn(new Error(`watch-1: ${now} frames lost`));
      warnings.warn(new Error('no contact'), now % 2000 === 0 ? 'a' : 'b');
    }
    warnings.warn(new TypeError('no contact'), 'a');
    warnings.warn(new Error('watch-2: 5 frames lost'));
    const before = told.splice(0);
    expect(before).toEqual([
      'undefined watch-1: 0 frames lost +0',
      'a no contact +0',
      'b no contact +0',
      'undefined watch-1: 10000 frames lost +9',
      'a no contact +4',
      'b no contact +4',
      'undefined watch-1: 20000 frames lost +9',
      'a no contact +4',
      'a no contact +0',
      'undefined watch-2: 5 frames lost +0',
    ]);
    warnings.end();
    expect(told).toEqual(['b no contact +4']);
  });

  test('of thousands of causes are not all remembered, nor lost', () => {
    let told = 0;
    const warnings = new Warnings(({ suppressed }) => {
      told += 1 + suppressed;
    });
    for (let k = 0; k < 3000; k++) for (let twice = 0; twice < 2; twice++) warnings.warn(new Error('x'), `watch-${k}`);
    warnings.end();
    // Every last word says that there was one more, and is one itself.
    expect(told).toBe(3000 * 3);
  });
});

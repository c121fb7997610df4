/** The compiled command in a process of its own. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { builtMain, runBuilt } from './built-cli.js';

describe('edgebeat, compiled', () => {
  test('exits with status 2 on wrong use, and 0 after --version', () => {
    const wrong = runBuilt(['doctr']);
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toBe("error: unknown command 'doctr'\nhint: did you mean doctor?\n");
    const json = runBuilt(['doctor', '--jsn', '--json']);
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout).schema).toBe('edgebeat.error/1');
    expect(runBuilt(['--version'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('says nothing where its reader went away', () => {
    const script = '{ "$0" "$1" doctor; echo "status $?" >&2; } | true';
    const { stderr } = spawnSync('sh', ['-c', script, process.execPath, builtMain()], { encoding: 'utf8' });
    expect(stderr).toBe('status 0\n');
  });
  const full = existsSync('/dev/full') ? test : test.skip;
  full('fails where its answer cannot be written', () => {
    const sink = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [builtMain(), 'doctor', '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', sink, 'pipe'],
    });
    closeSync(sink);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: cannot write to standard output \(ENOSPC.*\)\nhint: .*\n$/);
  });
});

/** The command line in this process: what goes where, and with which exit status. */
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runCommandLine } from '../src/program.js';
import type { CommandBody, RegisterCommand } from '../src/shell.js';
import { capturedStreams } from './captured-streams.js';

class TeapotError extends Error {
  override readonly name = 'TeapotError';
  readonly hint = 'ask a coffee pot';
}

/** A command line with the one command `brew POT --cups N`. */
async function run(args: string[], body: CommandBody<{ cups?: string }, [pot: string]> = () => {}) {
  const register: RegisterCommand = (program, shell) => {
    program.command('brew <pot>').option('--cups <n>', 'how many').action(shell.action(body));
  };
  const streams = capturedStreams();
  const status = await runCommandLine(args, streams, [register]);
  return { status, stdout: streams.stdout.text, stderr: streams.stderr.text };
}

describe('commands', () => {
  test('get their operands and options, and decide the exit status', async () => {
    const seen: unknown[] = [];
    const { status } = await run(['brew', 'blue', '--cups', '3', '--log-level', 'info'], (context, options, pot) => {
      seen.push(pot, options.cups, context.logger.level, context.output.json);
      return 1;
    });
    expect(seen).toEqual(['blue', '3', 'info', false]);
    expect(status).toBe(1);
  });

  test('print text without --json, and one object as the last line with it, wherever --json stands', async () => {
    const body: CommandBody<object, [string]> = ({ output }) => {
      output.print('brewing');
      output.note('hot');
      output.finish({ schema: 'edgebeat.brew/1', cups: 2 } as { schema: 'edgebeat.brew/1' }, () => 'two cups');
    };
    expect(await run(['brew', 'blue'], body)).toEqual({ status: 0, stdout: 'brewing\ntwo cups\n', stderr: 'hot\n' });
    const json = { status: 0, stdout: '{"schema":"edgebeat.brew/1","cups":2}\n', stderr: 'hot\n' };
    expect(await run(['brew', 'blue', '--json'], body)).toEqual(json);
    expect(await run(['--json', 'brew', 'blue'], body)).toEqual(json);
  });

  test('hear the first interrupt as an abort, and only while they run', async () => {
    const before = process.listenerCount('SIGINT');
    const { status } = await run(['brew', 'blue'], async ({ signal }) => {
      expect(process.listenerCount('SIGINT')).toBe(before + 1);
      process.emit('SIGINT');
      return signal.aborted ? 0 : 1;
    });
    expect(status).toBe(0);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

describe('wrong use', () => {
  test.each([
    [['brwe', 'blue'], "unknown command 'brwe'", 'did you mean brew?'],
    [['brew', 'blue', '--cup', '3'], "unknown option '--cup'", 'did you mean --cups?'],
    [['brew', 'blue', '--jsno'], "unknown option '--jsno'", 'did you mean --json?'],
    [['brew'], "missing required argument 'pot'", 'add --help'],
    [['brew', 'blue', 'green'], 'too many arguments', 'add --help'],
    [['brew', 'blue', '--log-level', 'dbug'], 'It is one of: trace, debug', 'did you mean debug?'],
  ])('%j is answered with a message, a hint and exit status 2', async (args, message, hint) => {
    const { status, stdout, stderr } = await run(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('no command at all shows the help, on standard error', async () => {
    const { status, stdout, stderr } = await run([]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: edgebeat');
    expect(stderr).toContain('error: no command given\n');
  });

  test('with --json the error is an object too', async () => {
    const { stdout, stderr } = await run(['brwe', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'edgebeat.error/1',
      error: "unknown command 'brwe'",
      hint: 'did you mean brew?',
    });
    expect(stderr).toContain('error: unknown command');
  });
});

describe('--help and --version', () => {
  test('go to standard output with exit status 0', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('brew');
    const commandHelp = await run(['brew', '--help']);
    expect(commandHelp).toMatchObject({ status: 0, stderr: '' });
    expect(commandHelp.stdout).toMatch(/--cups.*Global Options:.*--json/s);
    const version = await run(['--version']);
    expect(version).toMatchObject({ status: 0, stderr: '' });
    expect(version.stdout).toMatch(/^edgebeat \d+\.\d+\.\d+\n$/);
  });
});

describe('thrown errors', () => {
  afterEach(() => {
    delete process.env.EDGEBEAT_DEBUG;
  });

  test('with a hint are printed with it, and are wrong use', async () => {
    const fail = () => {
      throw new TeapotError('I am a teapot');
    };
    expect(await run(['brew', 'blue'], fail)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: I am a teapot\nhint: ask a coffee pot\n',
    });
    const { status, stdout } = await run(['brew', 'blue', '--json'], fail);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'edgebeat.error/1',
      error: 'I am a teapot',
      hint: 'ask a coffee pot',
    });
  });

  test('of unknown kind are a bug of ours: exit status 1, the stack only with EDGEBEAT_DEBUG', async () => {
    const fail = () => {
      throw new TypeError('cannot read the tea leaves');
    };
    const quiet = await run(['brew', 'blue'], fail);
    expect(quiet.status).toBe(1);
    expect(quiet.stderr).toMatch(/^error: cannot read the tea leaves\nhint: .*EDGEBEAT_DEBUG.*\n$/);
    process.env.EDGEBEAT_DEBUG = '1';
    const loud = await run(['brew', 'blue'], fail);
    expect(loud.stderr).toMatch(/ {4}at .*program\.test/);
    const thrownText = await run(['brew', 'blue'], () => {
      throw 'a word';
    });
    expect(thrownText).toMatchObject({ status: 1, stderr: expect.stringContaining('error: a word\n') });
  });

  test('of the file system name the file', async () => {
    const path = join('no', 'such', 'record.hea');
    const { status, stderr } = await run(['brew', 'blue'], async () => {
      await readFile(path);
    });
    expect(status).toBe(2);
    expect(stderr).toBe(`error: no such file or folder: ${path}\nhint: check the path\n`);
  });

  test('of the network name host and port, for hosts with several addresses too', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    for (const host of ['127.0.0.1', 'localhost']) {
      const { status, stderr } = await run(
        ['brew', 'blue'],
        () => new Promise((_, reject) => void connect({ port, host, autoSelectFamily: true }).once('error', reject)),
      );
      expect(status).toBe(2);
      expect(stderr).toMatch(new RegExp(`^error: nothing listens at (127\\.0\\.0\\.1|::1):${port}\nhint: .*\n$`));
    }
  });

  test('of an interrupted command are called that', async () => {
    const { status, stderr } = await run(['brew', 'blue'], ({ signal }) => {
      process.emit('SIGINT');
      signal.throwIfAborted();
      process.emit('SIGINT');
      signal.throwIfAborted();
    });
    expect(status).toBe(1);
    expect(stderr).toContain('error: interrupted\n');
  });
});

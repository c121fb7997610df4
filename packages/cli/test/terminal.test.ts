/** Numbers, tables, progress bars, logs and option values. */
import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { choiceOption, positiveInteger, positiveNumber } from '../src/option-values.js';
import { Output } from '../src/output.js';
import { closest } from '../src/suggestion.js';
import { createLogger } from '../src/terminal/logger.js';
import { bytes, count, factor, milliseconds, percent } from '../src/terminal/numbers.js';
import { startProgress } from '../src/terminal/progress.js';
import { renderTable } from '../src/terminal/table.js';
import { capturedStreams } from './captured-streams.js';

describe('numbers', () => {
  test.each([
    [percent(0.98713), '98.71 %'],
    [percent(1, 0), '100 %'],
    [percent(Number.NaN), '–'],
    [milliseconds(0.04182), '41.8 µs'],
    [milliseconds(0), '0.00 ms'],
    [milliseconds(1.6), '1.60 ms'],
    [milliseconds(12.34), '12.3 ms'],
    [milliseconds(999.4), '999 ms'],
    [milliseconds(999.6), '1.00 s'],
    [milliseconds(73_200), '73.2 s'],
    [milliseconds(Number.POSITIVE_INFINITY), '–'],
    [bytes(512), '512 B'],
    [bytes(1536), '1.5 KiB'],
    [bytes(7.3 * 2 ** 20), '7.3 MiB'],
    [count(1_234_567), '1,234,567'],
    [count(999), '999'],
    [factor(2153.7), '2,154 ×'],
    [factor(0.483), '0.48 ×'],
  ])('%s', (printed, expected) => {
    expect(printed).toBe(expected);
  });
});

describe('tables', () => {
  test('align figures at the right and leave no space at the end of a line', () => {
    const columns = [{ title: 'record' }, { title: 'beats', align: 'right' }, { title: 'note' }] as const;
    expect(
      renderTable(columns, [
        ['100', 2273, ''],
        ['207-flutter', 9, 'VF'],
      ]),
    ).toBe(
      ['record       beats  note', '───────────  ─────  ────', '100           2273', '207-flutter      9  VF'].join(
        '\n',
      ),
    );
  });
});

describe('progress', () => {
  test('is drawn on a terminal, on standard error only', () => {
    const streams = capturedStreams(true);
    const progress = startProgress(new Output(streams, false), 'records', 4);
    progress.update(4, 'mitdb/100');
    progress.stop();
    expect(streams.stderr.text).toContain('records [');
    expect(streams.stdout.text).toBe('');
  });

  test.each([
    ['where standard error is no terminal', false, false],
    ['with --json', true, true],
  ])('is silent %s', (_, isTTY, json) => {
    const streams = capturedStreams(isTTY);
    const progress = startProgress(new Output(streams, json), 'records', 4);
    progress.update(2);
    progress.stop();
    expect(streams.stderr.text + streams.stdout.text).toBe('');
  });
});

describe('logs', () => {
  test('are lines of JSON from their level up', () => {
    const { stderr } = capturedStreams();
    const logger = createLogger('info', stderr);
    logger.debug('not this');
    logger.info({ device: 'watch-1' }, 'joined');
    expect(JSON.parse(stderr.text)).toMatchObject({ level: 30, device: 'watch-1', msg: 'joined' });
  });
});

describe('option values', () => {
  test.each(['', ' ', '0', '-1', 'ten', 'Infinity', '1e999'])('"%s" is no positive number', (text) => {
    expect(() => positiveNumber(text)).toThrow(InvalidArgumentError);
    expect(() => positiveInteger(text)).toThrow(InvalidArgumentError);
  });

  test('numbers', () => {
    expect(positiveNumber('0.5')).toBe(0.5);
    expect(positiveInteger('12')).toBe(12);
    expect(() => positiveInteger('1.5')).toThrow(InvalidArgumentError);
  });

  test('one of some words, with the nearest for a mistyped one', () => {
    const option = choiceOption('--backend <name>', 'engine', ['ort', 'ort-web', 'wasm']);
    expect(option.parseArg?.('wasm', undefined)).toBe('wasm');
    expect(() => option.parseArg?.('ortweb', undefined)).toThrow('(Did you mean ort-web?)');
    expect(() => option.parseArg?.('cuda', undefined)).toThrow(/It is one of: ort, ort-web, wasm\.$/);
  });

  test('the nearest word, swapped letters counting once', () => {
    expect(closest('evalaute', ['evaluate', 'export'])).toBe('evaluate');
    expect(closest('HEARTPRNT/cross-session', ['heartprint/cross-session', 'ecg-id/other-record'])).toBe(
      'heartprint/cross-session',
    );
    expect(closest('xyz', ['evaluate', 'export'])).toBeUndefined();
  });
});

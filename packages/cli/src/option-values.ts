/** Parsers for option values: `.option('--seconds <n>', '…', positiveNumber)`. Commander's error names the option. */
import { InvalidArgumentError, Option } from 'commander';
import { closest } from './suggestion.js';

/** A number above 0; fractions are welcome. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It must be a number above 0.');
  }
  return value;
}

/** A whole number, 1 or more. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  }
  return value;
}

/** An option that takes one of some words; `--help` lists them, and a mistyped one is answered with the nearest. */
export function choiceOption(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser((text: string) => oneOf(words, text));
}

/** @returns the text, which must be one of the words. */
export function oneOf(words: readonly string[], text: string): string {
  if (words.includes(text)) return text;
  const nearest = closest(text, words);
  const suggestion = nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`;
  throw new InvalidArgumentError(`It is one of: ${words.join(', ')}.${suggestion}`);
}

/** A number, 0 or more. */
export function nonNegativeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It must be a number, 0 or more.');
  }
  return value;
}

/** A number from 0 to 1. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

/** Any number. */
export function finiteNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** A whole number, 0 or more. */
export function nonNegativeInteger(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return Number(text);
}

/** First microsecond since 1970 that is refused: decades before the end of the numbers that are exact. */
const year2200Us = Date.UTC(2200) * 1000;

/** Microseconds since 1970, before the year 2200. */
export function timeUs(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) >= year2200Us) {
    throw new InvalidArgumentError('It must be a time in whole microseconds since 1970, before the year 2200.');
  }
  return Number(text);
}

/** How fast a recording plays: a factor on real time, or `max`. */
export function playbackRate(text: string): number | 'max' {
  return text === 'max' ? text : positiveNumber(text);
}

/** A channel of a recording: digits are its number, from 0; anything else is its name. */
export function channelName(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/**
 * What goes wrong while a command runs without ending it: told at once, but one cause at one device not more than once in
 * ten seconds, however often it happens.
 */
import type { Logger } from 'pino';
import type { Output } from '../output.js';

export interface Warning {
  /** Which device it is about, where the message itself does not say so. */
  readonly device?: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** How often the same happened without being told since it was told last. */
  readonly suppressed: number;
}

interface Told extends Warning {
  readonly at: number;
}

/** Between two warnings of one cause at one device, ms. */
const pauseMs = 10_000;
/** Causes remembered at a time. */
const mostCauses = 1000;
/** Figures that change from one time to the next; digits of names and addresses are left. */
const figures = /(?<![\w./-])\d+(?:\.\d+)?(?![\w:/-])/g;

export class Warnings {
  private readonly tell: (warning: Warning) => void;
  private readonly now: () => number;
  /** The latest warning of every cause; those told longest ago first. */
  private readonly latest = new Map<string, Told>();

  constructor(tell: (warning: Warning) => void, now: () => number = () => performance.now()) {
    this.tell = tell;
    this.now = now;
  }

  warn(error: Error, device?: string): void {
    const cause = JSON.stringify([device, error.name, error.message.replace(figures, '#')]);
    const before = this.latest.get(cause);
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined;
    const warning = { device, message: error.message, hint };
    const at = this.now();
    if (before && at - before.at < pauseMs) {
      this.latest.set(cause, { ...warning, suppressed: before.suppressed + 1, at: before.at });
      return;
    }
    this.latest.delete(cause);
    if (this.latest.size >= mostCauses) this.forgetOldest();
    this.latest.set(cause, { ...warning, suppressed: 0, at });
    this.tell({ ...warning, suppressed: before?.suppressed ?? 0 });
  }

  /** Tells what was not told yet. */
  end(): void {
    while (this.latest.size > 0) this.forgetOldest();
  }

  private forgetOldest(): void {
    const [cause, warning] = this.latest.entries().next().value!;
    this.latest.delete(cause);
    if (warning.suppressed > 0) {
      const { at: _, ...rest } = warning;
      this.tell(rest);
    }
  }
}

/** Warnings for people, one line each: `warning: watch-1: no contact (hint: put it on) [3 more like it]`. */
export function warnPeople(output: Output): (warning: Warning) => void {
  return ({ device, message, hint, suppressed }) => {
    const text = [
      `warning: ${device === undefined ? '' : `${device}: `}${message}`,
      ...(hint === undefined ? [] : [`(hint: ${hint})`]),
      ...(suppressed === 0 ? [] : [`[${suppressed} more like it]`]),
    ].join(' ');
    // What came over the network must not command the terminal.
    output.note(text.replace(/\p{Cc}+/gu, ' '));
  };
}

/** Warnings for machines: lines of the log. */
export function warnMachines(logger: Logger): (warning: Warning) => void {
  return ({ message, ...fields }) => logger.warn(fields, message);
}

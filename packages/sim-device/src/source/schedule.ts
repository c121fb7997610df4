/** Who wears a watch, and what they do, over time. */
import type { Activity } from '../activity.js';
import type { Person } from '../heart/person.js';
import { SourceError } from './ecg-source.js';

/** From a time on, until the next entry. */
export interface ScheduleEntry {
  /** Seconds since the source began. */
  readonly fromSeconds: number;
  /** Null: the watch lies on the table. */
  readonly wearer: Person | null;
  /** `rest` where not given. */
  readonly activity?: Activity;
}

/** A stretch with the same wearer all through, told by name, whatever they do. */
export interface Wearing {
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly wearer: Person | null;
}

export class Schedule {
  readonly #entries: readonly ScheduleEntry[];
  /** Without holes, from 0 to for ever. */
  readonly wearings: readonly Wearing[];

  /** @throws SourceError unless the entries begin at 0 and rise. */
  constructor(entries: readonly ScheduleEntry[]) {
    if (entries[0]?.fromSeconds !== 0) {
      throw new SourceError('the schedule does not begin at 0', 'Let its first entry have fromSeconds 0.');
    }
    for (let i = 1; i < entries.length; i++) {
      if (entries[i]!.fromSeconds > entries[i - 1]!.fromSeconds) continue;
      const problem = `schedule entry ${i} does not begin after the one before it`;
      throw new SourceError(problem, 'Sort the entries by fromSeconds and give each a time of its own.');
    }
    this.#entries = entries;
    const changes = entries.filter((entry, i) => i === 0 || entry.wearer?.name !== entries[i - 1]!.wearer?.name);
    this.wearings = changes.map(({ fromSeconds, wearer }, i) => ({
      fromSeconds,
      untilSeconds: changes[i + 1]?.fromSeconds ?? Number.POSITIVE_INFINITY,
      wearer,
    }));
  }

  /** The entry that holds at a time. */
  at(seconds: number): ScheduleEntry {
    let entry = this.#entries[0]!;
    for (const later of this.#entries) {
      if (later.fromSeconds > seconds) break;
      entry = later;
    }
    return entry;
  }

  activityAt(seconds: number): Activity {
    return this.at(seconds).activity ?? 'rest';
  }
}

/** What `edgebeat doctor` finds out about one thing. */

/** What a check is about, in the order of the report. */
export const groups = {
  run: 'Demo, gateway and evaluation',
  machine: 'Machine',
  tests: 'Tests (optional: a test that needs one of these is skipped without it)',
  targets: 'C, WebAssembly and Arm targets (optional)',
  recordings: 'Real recordings (optional: folders of EDGEBEAT_DATA)',
} as const;

export type Group = keyof typeof groups;

export interface Check {
  name: string;
  group: Group;
  /** Without a required one `edgebeat doctor` exits with status 1. */
  required: boolean;
  /** `broken`: it is there, and does not work. */
  status: 'ok' | 'missing' | 'broken';
  /** Version and place where it is there, the reason where it is broken, empty where it is missing. */
  detail: string;
  purpose: string;
  /** How to get it, where it is not `ok`: a line to run, or a place to go to. */
  remedy?: string;
  /** Debian and Ubuntu packages that bring it. */
  packages?: readonly string[];
}

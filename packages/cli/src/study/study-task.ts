/** What is told to the thread that carries out runs of a study, and what it tells. */
import type { AnonymousRecording, StudyRun, StudyRunResult } from '@edgebeat/trainer';
import type { ErrorDescription } from '../errors.js';

/** Given to the thread when it starts. */
export interface StudyWorkerData {
  readonly dataDir: string;
  readonly synthetic: readonly AnonymousRecording[];
}

/** A run to carry out; threads ask for the next by answering. */
export type StudyTask = StudyRun;

export type StudyReply =
  | { readonly step: number }
  | { readonly result: StudyRunResult }
  | { readonly failure: ErrorDescription; readonly stack?: string };

/** Reads what a checkpoint says about its training. */
import type { CheckpointContent } from './checkpoint-content.js';
import { damagedCheckpoint } from './damaged-checkpoint.js';

/** Whether a field can be what `CheckpointContent` says; `source` is for the batch source to judge. */
const checks: { readonly [K in keyof CheckpointContent]-?: (value: unknown) => boolean } = {
  fingerprint: (value) => typeof value === 'string',
  step: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  source: () => true,
  history: (value) => Array.isArray(value) && value.every(isObject),
  pending: (value) => isObject(value) && isObject(value.losses) && isObject(value.figures),
  best: (value) => value === undefined || (isObject(value) && typeof value.score === 'number'),
};

/**
 * @param path of the file, for messages. @param text the JSON.
 * @throws CheckpointError for what `writeCheckpoint` cannot have written.
 */
export function parseContent(path: string, text: string): CheckpointContent {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damagedCheckpoint(path, 'what it says about the training is no JSON');
  }
  if (!isObject(content)) throw damagedCheckpoint(path, 'what it says about the training is no JSON object');
  for (const [field, isSound] of Object.entries(checks)) {
    if (!isSound(content[field])) throw damagedCheckpoint(path, `its "${field}" is ${JSON.stringify(content[field])}`);
  }
  return content as unknown as CheckpointContent;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

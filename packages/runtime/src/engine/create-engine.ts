/** Engines by name. */
import { RuntimeError } from '../runtime-error.js';
import type { InferenceEngine } from './inference-engine.js';
import { createOrtNode } from './ort-node.js';
import { createOrtWeb } from './ort-web.js';
import { createTfjs } from './tfjs.js';
import { createWasm } from './wasm.js';

const creators = {
  'ort-node': createOrtNode,
  'ort-web': createOrtWeb,
  tfjs: createTfjs,
  wasm: createWasm,
} as const satisfies Record<string, () => Promise<InferenceEngine>>;

/** Name of an engine. */
export type EngineName = keyof typeof creators;

export const engineNames = Object.keys(creators) as readonly EngineName[];

/**
 * Loads an engine by its name; without one `wasm`, which needs nothing installed.
 *
 * @throws RuntimeError for a name that does not exist, or an engine whose package is not installed
 */
export async function createEngine(name: string = 'wasm'): Promise<InferenceEngine> {
  if (!Object.hasOwn(creators, name)) {
    throw new RuntimeError(`there is no engine ${name}`, `Engines are ${engineNames.join(', ')}.`);
  }
  return creators[name as EngineName]();
}

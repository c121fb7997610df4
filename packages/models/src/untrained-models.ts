/** Models whose files follow from their builder alone, because nothing in them is learnt. */
import { encodeModel, type Model } from '@edgebeat/graph';
import { baselineCosine } from './baseline-cosine.js';

const builders: Readonly<Record<string, () => Model>> = { 'baseline-cosine': baselineCosine };

/** The bytes of the `.onnx` file of every such model, by name. */
export function untrainedModels(): Map<string, Uint8Array> {
  return new Map(Object.entries(builders).map(([name, build]) => [name, encodeModel(build())]));
}

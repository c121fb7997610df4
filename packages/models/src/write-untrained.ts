/** Writes the files of the untrained models to `weights/`: `npm run weights -w packages/models`. */
import { writeFileSync } from 'node:fs';
import { untrainedModels } from './untrained-models.js';

for (const [name, bytes] of untrainedModels()) {
  writeFileSync(new URL(`../weights/${name}.onnx`, import.meta.url), bytes);
}

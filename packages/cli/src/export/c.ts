/** C sources for firmware, or for whatever has a C compiler. */
import { createHash } from 'node:crypto';
import { integerAnswers, toC } from '@edgebeat/exporter';
import { encodeModel } from '@edgebeat/graph';
import { type BackEnd, int8Of } from './back-end.js';

export const c: BackEnd = {
  kind: 'c',
  description:
    'C sources without heap, interpreter or dependency, that give the codes of the integer interpreter to the bit',
  numbers: 'int8',
  mostWindows: 32,
  write(sources) {
    const { integer, int8 } = int8Of(sources);
    const sha256 = createHash('sha256').update(encodeModel(int8)).digest('hex');
    const folder = `${sources.name}.c`;
    const encoder = new TextEncoder();
    const options = { metadata: int8.metadata, sha256, target: sources.target };
    const files = [...toC(integer, options).files].map(
      ([path, text]) => [`${folder}/${path}`, encoder.encode(text)] as const,
    );
    return {
      file: `${folder}/model.h`,
      files: new Map(files),
      answers: async (windows, onProgress) => integerAnswers(integer, await windows, onProgress),
    };
  },
  command: (path) => `make -C ${path.slice(0, -'/model.h'.length)}`,
};

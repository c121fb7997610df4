/** C sources for firmware, or for whatever has a C compiler. */
import { modelSha256, toC } from '@edgebeat/exporter';
import { type BackEnd, int8Of } from './back-end.js';

export const c: BackEnd = {
  kind: 'c',
  description:
    'C sources without heap, interpreter or dependency, that give the codes of the integer interpreter to the bit',
  numbers: 'int8',
  mostWindows: 32,
  write(sources) {
    const { integer, int8, interpreted } = int8Of(sources);
    const sha256 = modelSha256(int8);
    const folder = `${sources.name}.c`;
    const encoder = new TextEncoder();
    const options = { metadata: int8.metadata, sha256, target: sources.target };
    const files = [...toC(integer, options).files].map(
      ([path, text]) => [`${folder}/${path}`, encoder.encode(text)] as const,
    );
    return {
      file: `${folder}/model.h`,
      files: new Map(files),
      answers: async (windows, onProgress) => interpreted.of(await windows, onProgress),
    };
  },
  command: (path) => `make -C ${path.slice(0, -'/model.h'.length)}`,
};

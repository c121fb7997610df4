/** TensorFlow Lite, for LiteRT and TensorFlow Lite Micro. */
import { toTflite } from '@edgebeat/exporter';
import { type BackEnd, int8Of } from './back-end.js';
import { onDevice } from './device-metadata.js';

export const tflite: BackEnd = {
  kind: 'tflite',
  description: 'TensorFlow Lite with int8 inputs and outputs, for LiteRT and TensorFlow Lite Micro',
  numbers: 'int8',
  // The integer interpreter is the norm that the file is held to, and takes its time.
  mostWindows: 16,
  write(sources) {
    const { integer, int8, interpreted } = int8Of(sources);
    const file = `${sources.name}.tflite`;
    return {
      file,
      files: new Map([[file, toTflite(integer, { metadata: onDevice(int8.metadata) })]]),
      answers: async (windows, onProgress) => interpreted.of(await windows, onProgress),
    };
  },
  command: (path) => `LiteRT: await loadAndCompile('${path}')`,
};

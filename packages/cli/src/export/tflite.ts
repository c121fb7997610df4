/** TensorFlow Lite, for LiteRT and TensorFlow Lite Micro. */
import { integerAnswers, toTflite } from '@edgebeat/exporter';
import { type BackEnd, int8Of } from './back-end.js';
import { packedMetadata } from './packed-metadata.js';

const LEFT_OUT = ['edgebeat.training', 'edgebeat.metrics'];

export const tflite: BackEnd = {
  kind: 'tflite',
  description: 'TensorFlow Lite with int8 inputs and outputs, for LiteRT and TensorFlow Lite Micro',
  numbers: 'int8',
  // The integer interpreter is the norm that the file is held to, and takes its time.
  mostWindows: 16,
  write(sources) {
    const { integer, int8 } = int8Of(sources);
    const file = `${sources.name}.tflite`;
    // What nobody asks of a file on a device: the list of its training records is longer than a small network.
    const metadata = new Map([...int8.metadata].filter(([key]) => !LEFT_OUT.includes(key)));
    return {
      file,
      files: new Map([[file, toTflite(integer, { metadata: packedMetadata(metadata) })]]),
      answers: async (windows, onProgress) => integerAnswers(integer, windows, onProgress),
    };
  },
  command: (path) => `LiteRT: await loadAndCompile('${path}')`,
};

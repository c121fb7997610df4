/** A C++ program for TensorFlow Lite Micro. */
import { modelSha256, toTflm } from '@edgebeat/exporter';
import { type BackEnd, int8Of } from './back-end.js';
import { onDevice } from './device-metadata.js';

export const tflm: BackEnd = {
  kind: 'tflm',
  description:
    'C++17 sources for TensorFlow Lite Micro: the .tflite file as an array, its operators, its arena, and the app around it',
  numbers: 'int8',
  mostWindows: 32,
  write(sources) {
    const { integer, int8, interpreted } = int8Of(sources);
    const sha256 = modelSha256(int8);
    const folder = `${sources.name}.tflm`;
    const encoder = new TextEncoder();
    const files = [...toTflm(integer, { metadata: onDevice(int8.metadata), sha256 }).files].map(
      ([path, content]) =>
        [`${folder}/${path}`, typeof content === 'string' ? encoder.encode(content) : content] as const,
    );
    return {
      file: `${folder}/model.tflite`,
      files: new Map(files),
      answers: async (windows, onProgress) => interpreted.of(await windows, onProgress),
    };
  },
  command: (path) => `make -C ${path.slice(0, -'/model.tflite'.length)} TFLM=FOLDER`,
};

/** A TensorFlow.js graph model, for browsers. */
import { tfjsFiles, toTfjs } from '@edgebeat/exporter';
import type { BackEnd } from './back-end.js';
import { tfjsAnswers } from './tfjs-answers.js';

export const tfjs: BackEnd = {
  kind: 'tfjs',
  description: 'a TensorFlow.js graph model in float32, for browsers',
  numbers: 'float32',
  mostWindows: 64,
  write({ name, float }) {
    const exported = toTfjs(float);
    const files = [...tfjsFiles(exported)].map(([path, bytes]) => [`${name}.tfjs/${path}`, bytes] as const);
    return {
      file: `${name}.tfjs/model.json`,
      files: new Map(files),
      answers: (windows, onProgress) => tfjsAnswers(exported, windows, onProgress),
    };
  },
  command: (path) => `TensorFlow.js: await tf.loadGraphModel('${path}')`,
};

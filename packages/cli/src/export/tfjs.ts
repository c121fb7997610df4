/** A TensorFlow.js graph model, for browsers. */
import { dirname } from 'node:path';
import { tfjsModelOf } from '../tfjs-model.js';
import { type BackEnd, modelOption } from './back-end.js';
import { tfjsAnswersApart } from './tfjs-answers-apart.js';

export const tfjs: BackEnd = {
  kind: 'tfjs',
  description: 'a TensorFlow.js graph model in float32, for browsers',
  numbers: 'float32',
  mostWindows: 32,
  write({ name, float }) {
    const model = tfjsModelOf(float);
    const files = [['model.json', model.modelJson] as const, ...model.shards];
    return {
      file: `${name}.tfjs/model.json`,
      files: new Map(files.map(([path, bytes]) => [`${name}.tfjs/${path}`, bytes])),
      answers: (windows) => tfjsAnswersApart(model, windows),
    };
  },
  command(path, { window }) {
    if (window === undefined) return `TensorFlow.js: await tf.loadGraphModel('${path}')`;
    return `npx edgebeat run --broker mqtt://HOST --backend tfjs ${modelOption(window)} ${dirname(path)}`;
  },
};

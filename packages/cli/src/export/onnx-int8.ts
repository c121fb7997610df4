/** int8 ONNX, for onnxruntime: node, web, mobile. */
import { ModelRunner } from '@edgebeat/exporter';
import { encodeModel } from '@edgebeat/graph';
import { type BackEnd, int8Of, modelOption } from './back-end.js';

export const onnxInt8: BackEnd = {
  kind: 'onnx-int8',
  description: 'ONNX with QuantizeLinear and DequantizeLinear, for onnxruntime',
  numbers: 'int8',
  mostWindows: Number.POSITIVE_INFINITY,
  write(sources) {
    const { int8 } = int8Of(sources);
    const file = `${sources.name}.int8.onnx`;
    return {
      file,
      files: new Map([[file, encodeModel(int8)]]),
      async answers(windows) {
        const runner = await ModelRunner.open(int8);
        return runner.run(await windows).finally(() => runner.release());
      },
    };
  },
  command(path, { window }) {
    if (window === undefined) return `onnxruntime: InferenceSession.create('${path}')`;
    return `npx edgebeat run --broker mqtt://HOST ${modelOption(window)} ${path}`;
  },
};

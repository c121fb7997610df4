/** By what the files of a back end name the int8 graph that they were made of. */
import { createHash } from 'node:crypto';
import { encodeModel, type Model } from '@edgebeat/graph';

/** SHA-256 of the ONNX file of a model, in hexadecimal digits. */
export function modelSha256(model: Model): string {
  return createHash('sha256').update(encodeModel(model)).digest('hex');
}

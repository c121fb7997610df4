/** Integer graphs as .tflite files for LiteRT and TensorFlow Lite Micro. */
export {
  describeTflite,
  type TfliteDescription,
  type TfliteOperatorDescription,
  type TfliteTensorDescription,
} from './describe-tflite.js';
export { TFLITE_METADATA, type TfliteOptions, toTflite } from './to-tflite.js';

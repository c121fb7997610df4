/** The versions of ONNX that this package speaks. */

/** Operator set of built and upgraded models. */
export const SUPPORTED_OPSET = 21;

/** Oldest operator set that is upgraded; before it, broadcasting had rules of its own. */
export const OLDEST_OPSET = 7;

/** IR version that goes with the operator set. */
export const SUPPORTED_IR_VERSION = 10;

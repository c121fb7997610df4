/**
 * Has onnxruntime run pairs of QuantizeLinear and DequantizeLinear as they are written. Otherwise it makes integer kernels of what
 * stands between them, which round elsewhere, and moves pairs over Slice and the like, which version 1.30 does wrongly for int8
 * (it takes the codes behind for uint8, and refuses the graph). Other graphs are not concerned.
 */
export const asWritten = { session: { disable_quant_qdq: '1' } } as const;

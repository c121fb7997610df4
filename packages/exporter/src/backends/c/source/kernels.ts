/** The kernels of firmware-templates/core, by the header that declares them. */

/** By the header that declares them. */
export const KERNEL_HEADERS = {
  conv: ['eb_conv_s8'],
  'element-wise': [
    'eb_add_s8',
    'eb_sub_s8',
    'eb_mul_s8',
    'eb_add_f32',
    'eb_sub_f32',
    'eb_mul_f32',
    'eb_div_f32',
    'eb_look_up_s8',
    'eb_sqrt_f32',
    'eb_clip_f32',
  ],
  'fully-connected': ['eb_fully_connected_s8'],
  'mat-mul': ['eb_mat_mul_s8'],
  moves: ['eb_strided_copy_s8', 'eb_strided_copy_f32', 'eb_fill_s8', 'eb_fill_f32'],
  normalizations: [
    'eb_softmax_s8',
    'eb_layer_normalization_s8',
    'eb_layer_normalization_f32',
    'eb_l2_normalization_s8',
  ],
  pooling: ['eb_max_pool_s8', 'eb_average_pool_s8'],
  quantize: ['eb_quantize_s8', 'eb_dequantize_s8'],
  reduction: ['eb_reduce_sum_s8', 'eb_reduce_max_s8', 'eb_reduce_sum_f32', 'eb_reduce_max_f32'],
} as const;

export type KernelName = (typeof KERNEL_HEADERS)[keyof typeof KERNEL_HEADERS][number];

/** `edgebeat/kernels/conv.h` for `eb_conv_s8`. */
export function headerOf(kernel: KernelName): string {
  const [header] = Object.entries(KERNEL_HEADERS).find(([, kernels]) =>
    (kernels as readonly string[]).includes(kernel),
  )!;
  return `edgebeat/kernels/${header}.h`;
}

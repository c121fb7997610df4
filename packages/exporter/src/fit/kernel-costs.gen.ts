/**
 * Written by `npm run firmware:costs`: instructions of the parts of each kernel, fitted to counts in QEMU. arm-none-eabi-gcc (15:12.2.rel1-1) 12.2.1 20221205, -O2.
 */
export const KERNEL_COSTS = {
  'cortex-m4f': {
    /** QEMU's machine. */
    board: 'mps2-an386',
    kernels: {
      // 6 calls, 0.0 % off at most
      eb_add_f32: { call: 63.9763, outer: 19.9975, element: 9.00038 },
      // 6 calls, 0.0 % off at most
      eb_add_s8: { call: 47.0146, outer: 23.0035, element: 95.9997 },
      // 5 calls, 1.2 % off at most
      eb_average_pool_s8: { call: 0, output: 50.7377, element: 14.4761 },
      // 5 calls, 2.5 % off at most
      eb_clip_f32: { call: 16.8763, element: 10.4612 },
      // 14 calls, 1.0 % off at most
      eb_conv_s8: { call: 591.253, position: 46.1613, copied: 0, tap: 44.9142, byte: 1.20918, output: 55.8371, product: 4.98998 },
      // 70 calls, 0.0 % off at most
      eb_dequantize_s8: { call: 20, element: 9 },
      // 6 calls, 0.0 % off at most
      eb_div_f32: { call: 64, outer: 20, element: 9 },
      // 5 calls, 0.0 % off at most
      eb_fill_f32: { call: 15, element: 4 },
      // 5 calls, 0.0 % off at most
      eb_fill_s8: { call: 17, element: 8 },
      // 9 calls, 0.0 % off at most
      eb_fully_connected_s8: { call: 28.2803, row: 12.9147, output: 58.0005, product: 4.99994 },
      // 6 calls, 13.6 % off at most
      eb_l2_normalization_s8: { call: 235.741, row: 582.388, element: 43.4841 },
      // 6 calls, 0.0 % off at most
      eb_layer_normalization_f32: { call: 25, row: 22, element: 20 },
      // 6 calls, 0.1 % off at most
      eb_layer_normalization_s8: { call: 1.91365, row: 26.6778, element: 71.7901 },
      // 5 calls, 0.0 % off at most
      eb_look_up_s8: { call: 19, element: 6 },
      // 7 calls, 0.0 % off at most
      eb_mat_mul_s8: { call: 74.858, row: 24.9275, output: 59.0268, product: 6.99879 },
      // 5 calls, 1.2 % off at most
      eb_max_pool_s8: { call: 0, output: 45.6277, element: 15.4624 },
      // 6 calls, 0.0 % off at most
      eb_mul_f32: { call: 64, outer: 20, element: 9 },
      // 6 calls, 0.0 % off at most
      eb_mul_s8: { call: 44.0397, outer: 23.0317, element: 52.9988 },
      // 5 calls, 0.5 % off at most
      eb_quantize_s8: { call: 23.2724, element: 40.2084 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_f32: { call: 174.712, output: 51.0294, outer: 0, element: 8.92943 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_s8: { call: 98.2597, output: 61.0464, outer: 0, element: 7.9635 },
      // 10 calls, 0.1 % off at most
      eb_reduce_sum_f32: { call: 168.854, output: 53.1024, outer: 0, element: 5.92755 },
      // 10 calls, 3.9 % off at most
      eb_reduce_sum_s8: { call: 129.266, output: 101.867, outer: 0, element: 5.92614 },
      // 6 calls, 0.0 % off at most
      eb_softmax_s8: { call: 20.9785, row: 16.9897, element: 31.0004 },
      // 5 calls, 0.0 % off at most
      eb_sqrt_f32: { call: 16, element: 5 },
      // 10 calls, 0.4 % off at most
      eb_strided_copy_f32: { call: 53.2822, outer: 15.4674, element: 6.99445 },
      // 63 calls, 0.6 % off at most
      eb_strided_copy_s8: { call: 35.841, outer: 21.0538, element: 10.0002 },
      // 6 calls, 0.0 % off at most
      eb_sub_f32: { call: 64, outer: 20, element: 9 },
      // 6 calls, 0.0 % off at most
      eb_sub_s8: { call: 46.9911, outer: 23.0004, element: 96.0001 },
    },
    /** Whole networks, for one window. */
    networks: [
      { model: 'deit-micro', counted: 23502793, modelled: 23501595, worstStep: 0.0014 },
      { model: 'dt4ecg', counted: 97986062, modelled: 97865793, worstStep: 0.0015 },
      { model: 'deit-tiny', counted: 670222311, modelled: 670194666, worstStep: 0.0015 },
      { model: 'resnet34', counted: 286407147, modelled: 285966178, worstStep: 0.0018 },
    ],
  },
  'cortex-m33': {
    /** QEMU's machine. */
    board: 'mps2-an505',
    kernels: {
      // 6 calls, 0.0 % off at most
      eb_add_f32: { call: 65, outer: 20, element: 9 },
      // 6 calls, 0.0 % off at most
      eb_add_s8: { call: 49.0146, outer: 23.0035, element: 95.9997 },
      // 5 calls, 1.3 % off at most
      eb_average_pool_s8: { call: 0, output: 46.6351, element: 14.463 },
      // 5 calls, 2.1 % off at most
      eb_clip_f32: { call: 16.8259, element: 9.97353 },
      // 14 calls, 0.9 % off at most
      eb_conv_s8: { call: 580.735, position: 46.2606, copied: 0, tap: 44.3663, byte: 1.20113, output: 55.8373, product: 4.99012 },
      // 70 calls, 0.0 % off at most
      eb_dequantize_s8: { call: 19.9994, element: 9.00002 },
      // 6 calls, 0.0 % off at most
      eb_div_f32: { call: 65, outer: 20, element: 9 },
      // 5 calls, 0.0 % off at most
      eb_fill_f32: { call: 15, element: 4 },
      // 5 calls, 0.0 % off at most
      eb_fill_s8: { call: 17, element: 8 },
      // 9 calls, 0.0 % off at most
      eb_fully_connected_s8: { call: 28.219, row: 12.9525, output: 57.9954, product: 5.00001 },
      // 6 calls, 11.8 % off at most
      eb_l2_normalization_s8: { call: 196.384, row: 534.976, element: 44.0483 },
      // 6 calls, 0.0 % off at most
      eb_layer_normalization_f32: { call: 25, row: 22, element: 20 },
      // 6 calls, 0.1 % off at most
      eb_layer_normalization_s8: { call: 1.9325, row: 26.6912, element: 71.7897 },
      // 5 calls, 0.0 % off at most
      eb_look_up_s8: { call: 19, element: 6 },
      // 7 calls, 0.0 % off at most
      eb_mat_mul_s8: { call: 72.962, row: 24.9317, output: 59.0233, product: 6.99899 },
      // 5 calls, 1.3 % off at most
      eb_max_pool_s8: { call: 0, output: 38.5526, element: 15.4171 },
      // 6 calls, 0.0 % off at most
      eb_mul_f32: { call: 64.9554, outer: 19.9852, element: 9.00102 },
      // 6 calls, 0.0 % off at most
      eb_mul_s8: { call: 46.078, outer: 22.9402, element: 52.9996 },
      // 5 calls, 0.5 % off at most
      eb_quantize_s8: { call: 23.2724, element: 40.2084 },
      // 5 calls, 0.1 % off at most
      eb_reduce_max_f32: { call: 197.844, output: 62.1087, outer: 0, element: 8.91083 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_s8: { call: 98.2452, output: 62.0467, outer: 0, element: 7.9635 },
      // 10 calls, 0.1 % off at most
      eb_reduce_sum_f32: { call: 181.861, output: 64.1181, outer: 0, element: 5.91881 },
      // 10 calls, 3.4 % off at most
      eb_reduce_sum_s8: { call: 117.616, output: 107.421, outer: 2.91816e-14, element: 5.93247 },
      // 6 calls, 0.0 % off at most
      eb_softmax_s8: { call: 21.0054, row: 17.0026, element: 30.9999 },
      // 5 calls, 0.0 % off at most
      eb_sqrt_f32: { call: 16, element: 5 },
      // 10 calls, 0.4 % off at most
      eb_strided_copy_f32: { call: 51.2862, outer: 15.4673, element: 6.99445 },
      // 63 calls, 0.6 % off at most
      eb_strided_copy_s8: { call: 35.8492, outer: 21.0537, element: 10.0001 },
      // 6 calls, 0.0 % off at most
      eb_sub_f32: { call: 65, outer: 20, element: 9 },
      // 6 calls, 0.0 % off at most
      eb_sub_s8: { call: 48.9795, outer: 22.9955, element: 96.0004 },
    },
    /** Whole networks, for one window. */
    networks: [
      { model: 'deit-micro', counted: 23503157, modelled: 23502000, worstStep: 0.0014 },
      { model: 'dt4ecg', counted: 97960189, modelled: 97840409, worstStep: 0.0016 },
      { model: 'deit-tiny', counted: 670222457, modelled: 670202302, worstStep: 0.0015 },
      { model: 'resnet34', counted: 286394012, modelled: 285958278, worstStep: 0.0017 },
    ],
  },
  'cortex-m55': {
    /** QEMU's machine. */
    board: 'mps3-an547',
    kernels: {
      // 6 calls, 0.0 % off at most
      eb_add_f32: { call: 70, outer: 20, element: 7 },
      // 6 calls, 0.0 % off at most
      eb_add_s8: { call: 42.956, outer: 21.9924, element: 99.0008 },
      // 5 calls, 1.4 % off at most
      eb_average_pool_s8: { call: 0, output: 52.5598, element: 13.5256 },
      // 5 calls, 2.1 % off at most
      eb_clip_f32: { call: 20.8609, element: 9.97002 },
      // 14 calls, 1.0 % off at most
      eb_conv_s8: { call: 655.353, position: 45.9789, copied: 0, tap: 44.4492, byte: 1.1544, output: 60.9264, product: 3.99029 },
      // 70 calls, 0.0 % off at most
      eb_dequantize_s8: { call: 19.9985, element: 8.00006 },
      // 6 calls, 0.0 % off at most
      eb_div_f32: { call: 69.9386, outer: 20.0882, element: 6.9996 },
      // 5 calls, 0.0 % off at most
      eb_fill_f32: { call: 21, element: 3 },
      // 5 calls, 0.0 % off at most
      eb_fill_s8: { call: 18, element: 8 },
      // 9 calls, 0.0 % off at most
      eb_fully_connected_s8: { call: 28.3606, row: 12.8952, output: 63.0004, product: 4.00008 },
      // 6 calls, 11.9 % off at most
      eb_l2_normalization_s8: { call: 196.015, row: 582.037, element: 42.9759 },
      // 6 calls, 0.0 % off at most
      eb_layer_normalization_f32: { call: 26, row: 38, element: 17 },
      // 6 calls, 0.2 % off at most
      eb_layer_normalization_s8: { call: 1.4272, row: 32.1729, element: 72.2923 },
      // 5 calls, 0.0 % off at most
      eb_look_up_s8: { call: 21, element: 5 },
      // 7 calls, 0.0 % off at most
      eb_mat_mul_s8: { call: 70.9263, row: 20.9275, output: 63.026, product: 5.9988 },
      // 5 calls, 1.2 % off at most
      eb_max_pool_s8: { call: 0, output: 40.6103, element: 14.3798 },
      // 6 calls, 0.0 % off at most
      eb_mul_f32: { call: 70, outer: 20, element: 7 },
      // 6 calls, 0.0 % off at most
      eb_mul_s8: { call: 43.048, outer: 21.9317, element: 56.0002 },
      // 5 calls, 0.5 % off at most
      eb_quantize_s8: { call: 24.272, element: 42.2084 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_f32: { call: 160.486, output: 60.0818, outer: 2.47457e-13, element: 7.93513 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_s8: { call: 86.9661, output: 63.0411, outer: 2.46468e-13, element: 5.97158 },
      // 10 calls, 0.1 % off at most
      eb_reduce_sum_f32: { call: 171.478, output: 51.1202, outer: 1.62596e-14, element: 3.92284 },
      // 10 calls, 1.1 % off at most
      eb_reduce_sum_s8: { call: 112.644, output: 103.138, outer: 7.36735e-14, element: 3.93397 },
      // 6 calls, 0.0 % off at most
      eb_softmax_s8: { call: 21.9784, row: 20.9897, element: 29.0004 },
      // 5 calls, 0.0 % off at most
      eb_sqrt_f32: { call: 21.9926, element: 4.00036 },
      // 10 calls, 0.5 % off at most
      eb_strided_copy_f32: { call: 57.7146, outer: 15.4099, element: 4.99526 },
      // 63 calls, 0.6 % off at most
      eb_strided_copy_s8: { call: 36.831, outer: 21.0528, element: 10.0004 },
      // 6 calls, 0.0 % off at most
      eb_sub_f32: { call: 70, outer: 20, element: 7 },
      // 6 calls, 0.0 % off at most
      eb_sub_s8: { call: 42.956, outer: 21.9924, element: 99.0008 },
    },
    /** Whole networks, for one window. */
    networks: [
      { model: 'deit-micro', counted: 20109831, modelled: 20108933, worstStep: 0.0017 },
      { model: 'dt4ecg', counted: 80280722, modelled: 80165257, worstStep: 0.0017 },
      { model: 'deit-tiny', counted: 550004692, modelled: 549994922, worstStep: 0.0017 },
      { model: 'resnet34', counted: 231572942, modelled: 231150945, worstStep: 0.0021 },
    ],
  },
} as const;

/**
 * Written by `npm run firmware:costs`: instructions of the parts of each kernel, fitted to counts in QEMU. arm-none-eabi-gcc (15:12.2.rel1-1) 12.2.1 20221205, -O2.
 */
export const KERNEL_COSTS = {
  'cortex-m4f': {
    /** QEMU's machine. */
    board: 'mps2-an386',
    kernels: {
      // 6 calls, 0.0 % off at most
      eb_add_f32: { call: 64.2708, outer: 19.8988, element: 8.99725 },
      // 6 calls, 0.0 % off at most
      eb_add_s8: { call: 39.2263, outer: 22.9804, element: 95.9969 },
      // 5 calls, 1.2 % off at most
      eb_average_pool_s8: { call: 0, output: 50.735, element: 14.4714 },
      // 5 calls, 2.6 % off at most
      eb_clip_f32: { call: 9.97688, element: 10.4566 },
      // 14 calls, 1.0 % off at most
      eb_conv_s8: { call: 584.147, position: 46.1516, copied: 0, tap: 44.9126, byte: 1.20951, output: 55.8347, product: 4.98974 },
      // 70 calls, 2.8 % off at most
      eb_dequantize_s8: { call: 15.3518, element: 8.99966 },
      // 6 calls, 0.0 % off at most
      eb_div_f32: { call: 64.2641, outer: 19.9022, element: 8.99724 },
      // 5 calls, 0.0 % off at most
      eb_fill_f32: { call: 7.94255, element: 4.00004 },
      // 5 calls, 0.0 % off at most
      eb_fill_s8: { call: 10.176, element: 7.99946 },
      // 9 calls, 0.0 % off at most
      eb_fully_connected_s8: { call: 21.427, row: 12.9443, output: 57.9936, product: 4.99972 },
      // 6 calls, 13.7 % off at most
      eb_l2_normalization_s8: { call: 229.372, row: 582.809, element: 43.4764 },
      // 6 calls, 0.0 % off at most
      eb_layer_normalization_f32: { call: 18.1001, row: 22.0159, element: 19.9983 },
      // 6 calls, 0.1 % off at most
      eb_layer_normalization_s8: { call: 0, row: 27.0541, element: 71.7657 },
      // 5 calls, 0.9 % off at most
      eb_look_up_s8: { call: 11.9124, element: 6.01486 },
      // 7 calls, 0.0 % off at most
      eb_mat_mul_s8: { call: 65.6032, row: 24.9402, output: 59.02, product: 6.99867 },
      // 5 calls, 1.2 % off at most
      eb_max_pool_s8: { call: 0, output: 45.6252, element: 15.4576 },
      // 6 calls, 0.0 % off at most
      eb_mul_f32: { call: 57.0404, outer: 19.9888, element: 8.99953 },
      // 6 calls, 0.0 % off at most
      eb_mul_s8: { call: 37.2271, outer: 22.9285, element: 52.9975 },
      // 5 calls, 0.6 % off at most
      eb_quantize_s8: { call: 23.5655, element: 40.1823 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_f32: { call: 166.566, output: 51.0507, outer: 0, element: 8.93035 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_s8: { call: 91.5166, output: 61.0477, outer: 1.76867e-14, element: 7.96249 },
      // 10 calls, 0.1 % off at most
      eb_reduce_sum_f32: { call: 160.34, output: 53.1111, outer: 0, element: 5.92924 },
      // 10 calls, 3.9 % off at most
      eb_reduce_sum_s8: { call: 122.93, output: 101.856, outer: 0, element: 5.92562 },
      // 6 calls, 0.0 % off at most
      eb_softmax_s8: { call: 14.0359, row: 17.1145, element: 30.9974 },
      // 5 calls, 0.0 % off at most
      eb_sqrt_f32: { call: 9.00135, element: 4.99993 },
      // 10 calls, 0.4 % off at most
      eb_strided_copy_f32: { call: 45.3131, outer: 15.4615, element: 6.99649 },
      // 63 calls, 0.6 % off at most
      eb_strided_copy_s8: { call: 31.2597, outer: 21.0455, element: 9.9991 },
      // 6 calls, 0.0 % off at most
      eb_sub_f32: { call: 57.0489, outer: 19.99, element: 8.99939 },
      // 6 calls, 0.0 % off at most
      eb_sub_s8: { call: 40.1977, outer: 23.2042, element: 95.9937 },
    },
    /** Whole networks, for one window. */
    networks: [
      { model: 'deit-micro', counted: 23501135, modelled: 23499830, worstStep: 0.0014 },
      { model: 'dt4ecg', counted: 97980927, modelled: 97860783, worstStep: 0.0015 },
      { model: 'deit-tiny', counted: 670187883, modelled: 670163328, worstStep: 0.0015 },
      { model: 'resnet34', counted: 286392533, modelled: 285952093, worstStep: 0.0018 },
    ],
  },
  'cortex-m33': {
    /** QEMU's machine. */
    board: 'mps2-an505',
    kernels: {
      // 6 calls, 0.0 % off at most
      eb_add_f32: { call: 62.1099, outer: 19.921, element: 8.99953 },
      // 6 calls, 0.0 % off at most
      eb_add_s8: { call: 42.3164, outer: 22.987, element: 95.9952 },
      // 5 calls, 1.3 % off at most
      eb_average_pool_s8: { call: 0, output: 46.6328, element: 14.46 },
      // 5 calls, 2.4 % off at most
      eb_clip_f32: { call: 14.0348, element: 9.95617 },
      // 14 calls, 0.9 % off at most
      eb_conv_s8: { call: 577.708, position: 46.2541, copied: 0, tap: 44.365, byte: 1.20069, output: 55.834, product: 4.98986 },
      // 70 calls, 1.8 % off at most
      eb_dequantize_s8: { call: 14.1794, element: 8.99812 },
      // 6 calls, 0.0 % off at most
      eb_div_f32: { call: 57.965, outer: 20.0741, element: 8.99938 },
      // 5 calls, 0.1 % off at most
      eb_fill_f32: { call: 7.65099, element: 4.00134 },
      // 5 calls, 0.1 % off at most
      eb_fill_s8: { call: 9.61837, element: 8.00138 },
      // 9 calls, 0.0 % off at most
      eb_fully_connected_s8: { call: 25.3374, row: 12.8862, output: 57.9979, product: 4.99931 },
      // 6 calls, 11.8 % off at most
      eb_l2_normalization_s8: { call: 189.856, row: 534.907, element: 44.045 },
      // 6 calls, 0.1 % off at most
      eb_layer_normalization_f32: { call: 18.1749, row: 22.2417, element: 19.9982 },
      // 6 calls, 0.1 % off at most
      eb_layer_normalization_s8: { call: 0, row: 26.6183, element: 71.7784 },
      // 5 calls, 0.2 % off at most
      eb_look_up_s8: { call: 11.9506, element: 6.00306 },
      // 7 calls, 0.0 % off at most
      eb_mat_mul_s8: { call: 66.0032, row: 24.9646, output: 59.0224, product: 6.99846 },
      // 5 calls, 1.3 % off at most
      eb_max_pool_s8: { call: 0, output: 38.5528, element: 15.4121 },
      // 6 calls, 0.0 % off at most
      eb_mul_f32: { call: 57.9408, outer: 20.0683, element: 8.99986 },
      // 6 calls, 0.0 % off at most
      eb_mul_s8: { call: 38.1514, outer: 23.0164, element: 52.9973 },
      // 5 calls, 0.5 % off at most
      eb_quantize_s8: { call: 16.1421, element: 40.2215 },
      // 5 calls, 0.1 % off at most
      eb_reduce_max_f32: { call: 194.235, output: 62.1485, outer: 0, element: 8.90702 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_s8: { call: 90.2449, output: 62.0467, outer: 0, element: 7.9635 },
      // 10 calls, 0.1 % off at most
      eb_reduce_sum_f32: { call: 176.837, output: 64.1197, outer: 1.99075e-13, element: 5.91697 },
      // 10 calls, 3.4 % off at most
      eb_reduce_sum_s8: { call: 109.356, output: 107.427, outer: 2.91624e-14, element: 5.93346 },
      // 6 calls, 0.0 % off at most
      eb_softmax_s8: { call: 13.0953, row: 17.03, element: 30.9991 },
      // 5 calls, 0.1 % off at most
      eb_sqrt_f32: { call: 8.98186, element: 5.00098 },
      // 10 calls, 0.4 % off at most
      eb_strided_copy_f32: { call: 42.9612, outer: 15.4622, element: 6.99621 },
      // 63 calls, 0.6 % off at most
      eb_strided_copy_s8: { call: 29.5785, outer: 21.0635, element: 9.99937 },
      // 6 calls, 0.0 % off at most
      eb_sub_f32: { call: 58.0209, outer: 19.9835, element: 8.99994 },
      // 6 calls, 0.0 % off at most
      eb_sub_s8: { call: 42.2568, outer: 22.9733, element: 95.9964 },
    },
    /** Whole networks, for one window. */
    networks: [
      { model: 'deit-micro', counted: 23501506, modelled: 23499443, worstStep: 0.0014 },
      { model: 'dt4ecg', counted: 97955055, modelled: 97835076, worstStep: 0.0016 },
      { model: 'deit-tiny', counted: 670187860, modelled: 670117586, worstStep: 0.0015 },
      { model: 'resnet34', counted: 286379326, modelled: 285943041, worstStep: 0.0017 },
    ],
  },
  'cortex-m55': {
    /** QEMU's machine. */
    board: 'mps3-an547',
    kernels: {
      // 6 calls, 0.0 % off at most
      eb_add_f32: { call: 61.965, outer: 19.9956, element: 7.00058 },
      // 6 calls, 0.0 % off at most
      eb_add_s8: { call: 34.271, outer: 22.0965, element: 98.9943 },
      // 5 calls, 1.4 % off at most
      eb_average_pool_s8: { call: 0, output: 52.5517, element: 13.523 },
      // 5 calls, 2.5 % off at most
      eb_clip_f32: { call: 19.0926, element: 9.94804 },
      // 14 calls, 1.0 % off at most
      eb_conv_s8: { call: 647.844, position: 45.9576, copied: 0, tap: 44.4497, byte: 1.15439, output: 60.9228, product: 3.99008 },
      // 70 calls, 0.5 % off at most
      eb_dequantize_s8: { call: 11.69, element: 8.00083 },
      // 6 calls, 0.0 % off at most
      eb_div_f32: { call: 62.0281, outer: 20.0065, element: 6.99945 },
      // 5 calls, 0.0 % off at most
      eb_fill_f32: { call: 12.9923, element: 2.99986 },
      // 5 calls, 0.0 % off at most
      eb_fill_s8: { call: 16.9067, element: 7.99684 },
      // 9 calls, 0.0 % off at most
      eb_fully_connected_s8: { call: 20.4556, row: 12.9223, output: 62.994, product: 3.99973 },
      // 6 calls, 11.9 % off at most
      eb_l2_normalization_s8: { call: 188.695, row: 582.005, element: 42.9696 },
      // 6 calls, 0.0 % off at most
      eb_layer_normalization_f32: { call: 17.9931, row: 38.0926, element: 16.9983 },
      // 6 calls, 0.2 % off at most
      eb_layer_normalization_s8: { call: 0, row: 32.3904, element: 72.2599 },
      // 5 calls, 0.0 % off at most
      eb_look_up_s8: { call: 13.0014, element: 4.99993 },
      // 7 calls, 0.0 % off at most
      eb_mat_mul_s8: { call: 60.5944, row: 20.9391, output: 63.0219, product: 5.99865 },
      // 5 calls, 1.2 % off at most
      eb_max_pool_s8: { call: 0, output: 40.6097, element: 14.3743 },
      // 6 calls, 0.0 % off at most
      eb_mul_f32: { call: 62.0281, outer: 20.0065, element: 6.99945 },
      // 6 calls, 0.0 % off at most
      eb_mul_s8: { call: 35.2644, outer: 21.9383, element: 55.9967 },
      // 5 calls, 0.5 % off at most
      eb_quantize_s8: { call: 16.3217, element: 42.206 },
      // 5 calls, 0.1 % off at most
      eb_reduce_max_f32: { call: 151.724, output: 60.0927, outer: 1.23615e-13, element: 7.93573 },
      // 5 calls, 0.0 % off at most
      eb_reduce_max_s8: { call: 79.6108, output: 63.0309, outer: 0, element: 5.97104 },
      // 10 calls, 0.1 % off at most
      eb_reduce_sum_f32: { call: 163.598, output: 51.1211, outer: 1.62375e-14, element: 3.92233 },
      // 10 calls, 1.1 % off at most
      eb_reduce_sum_s8: { call: 104.473, output: 103.132, outer: 0, element: 3.93373 },
      // 6 calls, 0.0 % off at most
      eb_softmax_s8: { call: 14.1256, row: 20.9744, element: 28.9979 },
      // 5 calls, 0.0 % off at most
      eb_sqrt_f32: { call: 14.0014, element: 3.99993 },
      // 10 calls, 0.5 % off at most
      eb_strided_copy_f32: { call: 49.3602, outer: 15.4063, element: 4.99552 },
      // 63 calls, 0.6 % off at most
      eb_strided_copy_s8: { call: 28.9458, outer: 21.0522, element: 9.99957 },
      // 6 calls, 0.0 % off at most
      eb_sub_f32: { call: 62.0281, outer: 20.0065, element: 6.99945 },
      // 6 calls, 0.0 % off at most
      eb_sub_s8: { call: 35.3079, outer: 22.0845, element: 98.9939 },
    },
    /** Whole networks, for one window. */
    networks: [
      { model: 'deit-micro', counted: 20108124, modelled: 20106672, worstStep: 0.0016 },
      { model: 'dt4ecg', counted: 80276015, modelled: 80160582, worstStep: 0.0017 },
      { model: 'deit-tiny', counted: 549973162, modelled: 549944545, worstStep: 0.0017 },
      { model: 'resnet34', counted: 231559788, modelled: 231138187, worstStep: 0.0021 },
    ],
  },
} as const;

/* The numbers of the signal path. Written by `npm run firmware:tables` from packages/ecg: do not edit. */
#ifndef EDGEBEAT_CONSTANTS_H
#define EDGEBEAT_CONSTANTS_H

/* packages/ecg/src/signal/replacement.ts */
#define EB_LARGEST_SAMPLE 10000

/* packages/ecg/src/signal/resampler.ts */
#define EB_HIGHEST_MILLI_HERTZ 4000000
#define EB_LOWEST_MILLI_HERTZ 60000
#define EB_OUTPUT_MILLI_HERTZ 250000

/* packages/ecg/src/signal/resampler-kernel.ts */
#define EB_STEPS_PER_CROSSING 64
#define EB_ZERO_CROSSINGS 4

/* packages/ecg/src/signal/ecg-band.ts */
#define EB_ECG_BAND_DELAY 2

/* packages/ecg/src/detector/constants.ts */
#define EB_BASELINE_REACH 50
#define EB_DERIVATIVE_SPAN 4
#define EB_FEATURE_DELAY 16
#define EB_FEATURE_FLOOR 0x1.0624dep-9f /* 0.002 */
#define EB_HIGHEST_THRESHOLD_SHARE 0x1.333334p-1f /* 0.6 */
#define EB_HOLD_TIME 65
#define EB_INTEGRATION_LENGTH 24
#define EB_LEARNING_SHARE 0x1.666666p-1f /* 0.7 */
#define EB_LEARNING_TIME 500
#define EB_LEVEL_MEMORY 8
#define EB_NOISE_RISE 0x1.4p1f /* 2.5 */
#define EB_PEAK_TIMEOUT 24
#define EB_PLACEMENT_REACH 25
#define EB_QRS_LEVEL_RANK 6
#define EB_QUIET_SHARE 0x1.99999ap-5f /* 0.05 */
#define EB_REFRACTORY 50
#define EB_RELEARN_TIME 1000
#define EB_RELOCK_FACTOR 0x1.4cccccp0f /* 1.3 */
#define EB_RIVAL_FACTOR 0x1.266666p0f /* 1.15 */
#define EB_RIVAL_WINDOW 75
#define EB_SAME_SHAPE 0x1.99999ap-1f /* 0.8 */
#define EB_SAMPLE_RATE 250
#define EB_SEARCH_BACK_RR 0x1.8p0f /* 1.5 */
#define EB_SEARCH_BACK_SHARE 0x1p-1f /* 0.5 */
#define EB_SHAPE_COUNT 4
#define EB_SHAPE_DELAY 12
#define EB_SHAPE_LAG 4
#define EB_SHAPE_LEARNING_RATE 0x1.99999ap-3f /* 0.2 */
#define EB_SHAPE_REACH 20
#define EB_STRANGE_WEIGHT 0x1.19999ap-1f /* 0.55 */
#define EB_SURE_SHARE 0x1.99999ap-1f /* 0.8 */
#define EB_T_WAVE_SLOPE_SHARE 0x1.99999ap-2f /* 0.4 */
#define EB_T_WAVE_WINDOW 90
#define EB_THRESHOLD_SHARE 0x1.eb851ep-3f /* 0.24 */

/* packages/ecg/src/quality/beat-quality.ts */
#define EB_AFTER_BEAT 75
#define EB_BEFORE_BEAT 40
#define EB_CLEAN_RATIO 0x1.eb851ep-5f /* 0.05999999865889549 */
#define EB_COMPLEX_REACH 25
#define EB_LEARNING_RATE 0x1p-3f /* 0.125 */
#define EB_TEMPLATE_LENGTH 51
#define EB_UNUSABLE_RATIO 0x1p-1f /* 0.5 */

/* packages/ecg/src/quality/window-quality.ts */
#define EB_BEATLESS_SECONDS 3
#define EB_CLIPPED_RUN 10
#define EB_EDGE_SHARE 0x1.0624dep-9f /* 0.0020000000949949026 */
#define EB_FLAT_RANGE 0x1.eb851ep-6f /* 0.029999999329447746 */
#define EB_QUALITY_LENGTH 250

/* packages/ecg/src/beats/beat-cutter.ts */
#define EB_BEAT_LEAD 150
#define EB_BEAT_LENGTH 300
#define EB_QUEUE_SIZE 16

/* packages/ecg/src/beats/identity-windows.ts */
#define EB_BEATS_PER_WINDOW 3
#define EB_LONGEST_RR 500

#endif

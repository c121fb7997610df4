/*
 * Counts instructions under QEMU's -icount, where each takes the same time: the system timer, calibrated by a loop of known length.
 * On a real processor it counts time; nothing here calls that instructions.
 */
#ifndef EDGEBEAT_BOARD_INSTRUCTIONS_H
#define EDGEBEAT_BOARD_INSTRUCTIONS_H

#include <stdint.h>

void instructions_start(void);

/* Instructions since the start. */
uint64_t instructions_now(void);

#endif

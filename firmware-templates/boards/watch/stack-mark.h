/* How much of the stack was used: it is painted at the start, and looked at in the end. */
#ifndef EDGEBEAT_BOARD_STACK_MARK_H
#define EDGEBEAT_BOARD_STACK_MARK_H

#include <stdint.h>

void stack_paint(void);

/* Bytes of the stack that were ever used since. */
uint32_t stack_used(void);

#endif

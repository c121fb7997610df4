/*
 * Counts instructions in QEMU: under `-icount` every instruction takes the same virtual time, which SysTick measures. Cycles of real
 * hardware are something else.
 */
#ifndef EDGEBEAT_INSTRUCTION_COUNTER_H
#define EDGEBEAT_INSTRUCTION_COUNTER_H

#include <stdint.h>

/* Starts SysTick and finds out how many of its ticks an instruction takes. */
void eb_counter_start(void);

/* What lies between both is counted; they do not nest. @returns instructions. */
void eb_counter_begin(void);
uint64_t eb_counter_end(void);

#endif

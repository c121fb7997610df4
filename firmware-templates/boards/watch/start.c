/* From reset to main without a C library: the start of boards/cortex-m has set the stack and .data. */
#include <stdint.h>

#include "semihosting.h"

extern uint32_t __bss_start__;
extern uint32_t __bss_end__;

int main(void);
void _start(void);

void _start(void) {
  for (volatile uint32_t *word = &__bss_start__; word < &__bss_end__; word++) *word = 0;
  host_exit(main());
}

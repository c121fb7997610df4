/* From reset to main without a C library: the start of boards/cortex-m has set the stack and .data. */
#include <stdint.h>

#include "semihosting.h"

extern uint32_t __bss_start__[];
extern uint32_t __bss_end__[];

int main(void);
void _start(void);

void _start(void) {
  volatile uint32_t *const bss = __bss_start__;
  const uint32_t words = ((uint32_t)(uintptr_t)__bss_end__ - (uint32_t)(uintptr_t)bss) / sizeof *bss;
  for (uint32_t i = 0; i < words; i++) bss[i] = 0;
  host_exit(main());
}

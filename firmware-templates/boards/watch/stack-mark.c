/* Paints the stack below the caller and finds the lowest word that has changed. */
#include "stack-mark.h"

#define PAINT 0xA5C3E187U
/* What is used while painting. */
#define MARGIN_WORDS 64

extern uint32_t __HeapLimit;
extern uint32_t __StackTop;

void stack_paint(void) {
  uint32_t *const stack_pointer = __builtin_frame_address(0);
  for (volatile uint32_t *word = &__HeapLimit; word < stack_pointer - MARGIN_WORDS; word++) *word = PAINT;
}

uint32_t stack_used(void) {
  const volatile uint32_t *word = &__HeapLimit;
  while (word < &__StackTop && *word == PAINT) word++;
  return (uint32_t)((uintptr_t)&__StackTop - (uintptr_t)word);
}

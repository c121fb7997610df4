/* Paints the stack below the caller and finds the lowest word that has changed. */
#include "stack-mark.h"

#define PAINT 0xA5C3E187U
/* What is used while painting. */
#define MARGIN_WORDS 64U

extern uint32_t __HeapLimit[];
extern uint32_t __StackTop[];

/* Words from the end of the heap up to an address. */
static uint32_t words_below(const void *address) {
  return ((uint32_t)(uintptr_t)address - (uint32_t)(uintptr_t)__HeapLimit) / sizeof(uint32_t);
}

void stack_paint(void) {
  volatile uint32_t *const stack = __HeapLimit;
  const uint32_t free_words = words_below(__builtin_frame_address(0)) - MARGIN_WORDS;
  for (uint32_t i = 0; i < free_words; i++) stack[i] = PAINT;
}

uint32_t stack_used(void) {
  const volatile uint32_t *const stack = __HeapLimit;
  const uint32_t words = words_below(__StackTop);
  uint32_t unused = 0;
  while (unused < words && stack[unused] == PAINT) unused++;
  return (words - unused) * (uint32_t)sizeof(uint32_t);
}

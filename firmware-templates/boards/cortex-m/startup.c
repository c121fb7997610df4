/*
 * From reset to main on a Cortex-M: vector table, FPU, .data. The C library's start code does the rest, and brings the arguments
 * and files of the host through semihosting.
 */
#include <stdint.h>

extern uint32_t __StackTop;
extern uint32_t __etext;
extern uint32_t __data_start__;
extern uint32_t __data_end__;

extern void _start(void);
void Reset_Handler(void);
static void stop(void);
/* For a program that uses the system timer to define. */
void SysTick_Handler(void);

typedef void (*handler)(void);

typedef struct {
  uint32_t *stack_top;
  handler handlers[15];
} vector_table;

__attribute__((section(".vectors"), used)) static const vector_table vectors = {
    &__StackTop,
    {Reset_Handler, stop, stop, stop, stop, stop, 0, 0, 0, 0, stop, stop, 0, stop, SysTick_Handler},
};

/* Ends the program with an error: nothing here raises an exception. */
static void stop(void) {
  /* SYS_EXIT with ADP_Stopped_RunTimeErrorUnknown. */
  register uint32_t operation __asm__("r0") = 0x18U;
  register uint32_t reason __asm__("r1") = 0x20023U;
  __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(reason) : "memory");
  for (;;) {
  }
}

__attribute__((weak)) void SysTick_Handler(void) { stop(); }

void Reset_Handler(void) {
  volatile uint32_t *const coprocessor_access = (volatile uint32_t *)0xE000ED88U;
  *coprocessor_access |= 0xFU << 20;
  __asm__ volatile("dsb\n\tisb" : : : "memory");
  const uint32_t *from = &__etext;
  for (uint32_t *to = &__data_start__; to < &__data_end__;) *to++ = *from++;
  _start();
}

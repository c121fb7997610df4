/*
 * The stack where the linker script has it. The C library's start code asks the host first, and QEMU answers with the end of whatever
 * memory the code was loaded to.
 */
void _stack_init(void);

/* Called with the return address in lr alone, before anything is on the stack. */
__attribute__((naked)) void _stack_init(void) {
  __asm__ volatile("ldr r3, =__StackTop\n\tmov sp, r3\n\tbx lr");
}

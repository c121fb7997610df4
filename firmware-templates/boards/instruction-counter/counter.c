/* Counts instructions in QEMU by SysTick, whose 24 bits wrap: an interrupt counts how often. */
#include "counter.h"

#define SYST_CSR (*(volatile uint32_t *)0xE000E010U)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014U)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018U)
#define VTOR (*(volatile uint32_t *)0xE000ED08U)

/* Processor clock, interrupt, on. */
#define SYST_RUN 7U
#define PERIOD (UINT64_C(1) << 24)
#define SYSTICK_VECTOR 15U

static uint32_t vectors[16] __attribute__((aligned(128)));
static volatile uint32_t wraps;
static uint64_t begun;
static uint64_t idle;
static uint64_t ticks_of_a_million;

static void on_wrap(void) { wraps = wraps + 1U; }

static uint64_t ticks(void) {
  for (;;) {
    const uint32_t before = wraps;
    const uint32_t left = SYST_CVR;
    if (wraps == before) return (uint64_t)before * PERIOD + (PERIOD - 1U - left);
  }
}

/* So many times two instructions. */
__attribute__((noinline)) static uint64_t ticks_of_loop(uint32_t rounds) {
  const uint64_t from = ticks();
  __asm__ volatile("1: subs %0, %0, #1\n\tbne 1b" : "+r"(rounds) : : "cc");
  return ticks() - from;
}

void eb_counter_start(void) {
  const uint32_t *current = (const uint32_t *)VTOR;
  for (uint32_t i = 0; i < 16U; i++) vectors[i] = current[i];
  vectors[SYSTICK_VECTOR] = (uint32_t)on_wrap;
  VTOR = (uint32_t)vectors;
  __asm__ volatile("dsb\n\tisb" : : : "memory");
  SYST_RVR = (uint32_t)(PERIOD - 1U);
  SYST_CVR = 0;
  SYST_CSR = SYST_RUN;
  ticks_of_a_million = ticks_of_loop(501000U) - ticks_of_loop(1000U);
  idle = 0;
  eb_counter_begin();
  idle = eb_counter_end();
}

void eb_counter_begin(void) { begun = ticks(); }

uint64_t eb_counter_end(void) {
  const uint64_t taken = ticks() - begun;
  const uint64_t instructions = (taken * 1000000U + ticks_of_a_million / 2U) / ticks_of_a_million;
  return instructions > idle ? instructions - idle : 0;
}

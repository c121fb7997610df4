/* The system timer (SysTick) as a counter of instructions. */
#include "instructions.h"

#define SYST_CSR (*(volatile uint32_t *)0xE000E010U)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014U)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018U)
#define CSR_ENABLE_INTERRUPT_PROCESSOR_CLOCK 7U
#define RELOAD 0xFFFFFFU

/* The loop below takes two instructions a round, and wraps the timer at most once. */
#define CALIBRATION_ROUNDS 100000U

static volatile uint32_t wraps;
static uint64_t calibration_ticks;

void SysTick_Handler(void);
void SysTick_Handler(void) { wraps = wraps + 1U; }

static uint64_t ticks_now(void) {
  uint32_t before;
  uint32_t left;
  do {
    before = wraps;
    left = SYST_CVR;
  } while (before != wraps);
  return (uint64_t)before * (RELOAD + 1U) + (RELOAD - left);
}

static void run_calibration_loop(void) {
  uint32_t rounds = CALIBRATION_ROUNDS;
  __asm__ volatile("1: subs %0, %0, #1\n\tbne 1b" : "+r"(rounds) : : "cc");
}

void instructions_start(void) {
  wraps = 0;
  SYST_RVR = RELOAD;
  SYST_CVR = 0;
  SYST_CSR = CSR_ENABLE_INTERRUPT_PROCESSOR_CLOCK;
  const uint64_t before = ticks_now();
  run_calibration_loop();
  calibration_ticks = ticks_now() - before;
}

uint64_t instructions_now(void) { return ticks_now() * (2U * CALIBRATION_ROUNDS) / calibration_ticks; }

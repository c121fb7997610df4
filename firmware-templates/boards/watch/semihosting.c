/* Arm's semihosting (Semihosting for AArch32 and AArch64, 2.0). */
#include "semihosting.h"

enum { SYS_OPEN = 0x01, SYS_WRITE = 0x05, SYS_READ = 0x06, SYS_EXIT_EXTENDED = 0x20 };

#define OPEN_READ_BINARY 1U
#define OPEN_WRITE_BINARY 5U
#define APPLICATION_EXIT 0x20026U

static uint32_t from_host;
static uint32_t to_host;

static uint32_t call(uint32_t operation, const void *arguments) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = arguments;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

static uint32_t open_console(uint32_t mode) {
  static const char console[] = ":tt";
  const uint32_t arguments[3] = {(uint32_t)(uintptr_t)console, mode, sizeof console - 1U};
  return call(SYS_OPEN, arguments);
}

void host_open(void) {
  from_host = open_console(OPEN_READ_BINARY);
  to_host = open_console(OPEN_WRITE_BINARY);
}

size_t host_read(uint8_t *bytes, size_t room) {
  const uint32_t arguments[3] = {from_host, (uint32_t)(uintptr_t)bytes, room};
  const uint32_t missing = call(SYS_READ, arguments);
  return missing > room ? 0 : room - missing;
}

void host_write(const uint8_t *bytes, size_t length) {
  const uint32_t arguments[3] = {to_host, (uint32_t)(uintptr_t)bytes, length};
  (void)call(SYS_WRITE, arguments);
}

void host_exit(int status) {
  const uint32_t arguments[2] = {APPLICATION_EXIT, (uint32_t)status};
  (void)call(SYS_EXIT_EXTENDED, arguments);
  for (;;) {
  }
}

// The main program of the stub.
#include "Arduino.h"

StubSerial Serial;
static uint32_t now;

uint32_t micros() {
  now += 1000;
  if (now / 1000000 >= STUB_SECONDS) std::exit(0);
  return now;
}

long random(long least, long) { return least; }

int main() {
  setup();
  for (;;) loop();
}

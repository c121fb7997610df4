// Stub of Arduino: a serial monitor on standard output, and a clock that goes on whenever it is looked at.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

class StubSerial {
 public:
  void begin(unsigned long) {}
  void print(const char *text) { std::printf("%s", text); }
  void print(int number) { std::printf("%d", number); }
  void println(const char *text) { std::printf("%s\n", text); }
  void println(int number) { std::printf("%d\n", number); }
};

extern StubSerial Serial;
uint32_t micros();
long random(long least, long most);
void setup();
void loop();

// The line of bytes on standard input and output: a computer, or a board whose C library brings them.
#include <cstdio>

#include "port.h"

std::size_t PortRead(std::uint8_t *bytes, std::size_t most) {
  // A byte at a time where more would wait for the whole of it.
  const int first = std::getchar();
  if (first == EOF || most == 0) return 0;
  bytes[0] = static_cast<std::uint8_t>(first);
  return 1;
}

void PortWrite(const std::uint8_t *bytes, std::size_t length) {
  std::fwrite(bytes, 1, length, stdout);
  std::fflush(stdout);
}

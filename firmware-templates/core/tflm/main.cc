// A watch whose network runs on TensorFlow Lite Micro: the app behind its link, on the port. What it answers is what boards/watch
// answers; identity.h is that of the network.
#include "edgebeat/app/app.hpp"
#include "identity.h"
#include "port.h"

namespace {

eb_link link;
edgebeat::IdentityMemory memory;

void Write(void *, const std::uint8_t *bytes, std::size_t length) { PortWrite(bytes, length); }

}  // namespace

int main() {
  static std::uint8_t bytes[256];
  eb_link_init(&link, &edgebeat::identity, &memory, nullptr, Write);
  for (;;) {
    const std::size_t length = PortRead(bytes, sizeof bytes);
    if (length == 0) return 1;
    if (eb_link_receive(&link, bytes, length)) return 0;
  }
}

// What a board must bring: a line of bytes in each direction, such as a UART or a radio's serial profile.
#ifndef EDGEBEAT_TFLM_PORT_H
#define EDGEBEAT_TFLM_PORT_H

#include <cstddef>
#include <cstdint>

// Waits for bytes and takes at most so many. Returns how many; 0 where no more come.
std::size_t PortRead(std::uint8_t *bytes, std::size_t most);

void PortWrite(const std::uint8_t *bytes, std::size_t length);

#endif

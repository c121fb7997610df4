/* Bytes between the board and the computer that debugs or emulates it: Arm's semihosting, without a C library. */
#ifndef EDGEBEAT_BOARD_SEMIHOSTING_H
#define EDGEBEAT_BOARD_SEMIHOSTING_H

#include <stddef.h>
#include <stdint.h>

/* The host's console in each direction; call before anything else. */
void host_open(void);

/* Waits for bytes of the host. Returns how many came, at most `room`; 0 at the end of its stream. */
size_t host_read(uint8_t *bytes, size_t room);

void host_write(const uint8_t *bytes, size_t length);

/* Ends the program. */
_Noreturn void host_exit(int status);

#endif

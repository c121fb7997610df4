/*
 * The heap of the C library, behind the variables. Its own would ask the host for the limits, which QEMU finds in whatever memory
 * the code was loaded to.
 */
#include <errno.h>
#include <stddef.h>

extern char end;
extern char __HeapLimit;

void *_sbrk(ptrdiff_t bytes);

void *_sbrk(ptrdiff_t bytes) {
  static char *top = &end;
  if (bytes > &__HeapLimit - top) {
    errno = ENOMEM;
    return (void *)-1;
  }
  char *const before = top;
  top += bytes;
  return before;
}

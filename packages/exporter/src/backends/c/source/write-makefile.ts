/** The Makefile of the generated sources. */
import { type CTarget, TOOLCHAINS } from './targets.js';

export function writeMakefile(target: CTarget): string {
  const { compiler, archiver, flags } = TOOLCHAINS[target];
  return `# libmodel.a for ${target}. Another compiler: make CC=... TARGET_FLAGS=...
CC = ${compiler}
AR = ${archiver}
TARGET_FLAGS = ${flags.join(' ')}
# One rounding for each operation, in the order written: without contraction, or the bits differ.
CFLAGS = -std=c11 -Wall -Wextra -Werror -Wconversion -ffp-contract=off -fno-math-errno $(TARGET_FLAGS) -I. -Iinclude

OBJECTS = $(patsubst %.c,%.o,model.c weights.c $(wildcard identity.c kernels/*.c))

libmodel.a: $(OBJECTS)
	$(AR) rcs $@ $^

%.o: %.c
	$(CC) $(CFLAGS) -c $< -o $@

clean:
	rm -f libmodel.a $(OBJECTS)

.PHONY: clean
`;
}

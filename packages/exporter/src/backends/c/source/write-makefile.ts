/** The Makefile of the generated sources. */
import { C_FLAGS, type CTarget, OPTIMIZATIONS, TOOLCHAINS } from './targets.js';

export function writeMakefile(target: CTarget): string {
  const toolchains = TOOLCHAINS[target];
  const optimizations = target === 'portable' ? ['-O3'] : OPTIMIZATIONS;
  return `# libmodel.a for ${target}${toolchains.length > 1 ? `; COMPILER is one of: ${toolchains.map(({ name }) => name).join(', ')}` : ''}.
# Another compiler: make CC=... TARGET_FLAGS=... After a change of either: make clean.
COMPILER = ${toolchains[0].name}
OPTIMIZE = ${optimizations[0]}
${toolchains
  .map(
    ({ name, compiler, archiver, flags }) => `
CC_${name} = ${compiler}
AR_${name} = ${archiver}
FLAGS_${name} = ${flags.join(' ')}
`,
  )
  .join('')}
CC = $(CC_$(COMPILER))
AR = $(AR_$(COMPILER))
TARGET_FLAGS = $(FLAGS_$(COMPILER))
# Keep those in front of the warnings: one rounding for each operation, without contraction, or the bits differ.
CFLAGS = ${C_FLAGS.join(' ')} -Wall -Wextra -Werror -Wconversion $(TARGET_FLAGS) $(OPTIMIZE) -I. -Iinclude

OBJECTS = $(patsubst %.c,%.o,model.c weights.c $(wildcard identity.c kernels/*.c))

libmodel.a: $(OBJECTS)
	$(AR) rcs $@ $^

%.o: %.c
	$(CC) $(CFLAGS) -c $< -o $@

$(OBJECTS): $(wildcard *.h include/edgebeat/*.h include/edgebeat/kernels/*.h)

clean:
	rm -f libmodel.a $(OBJECTS)

.PHONY: clean
`;
}

/** The Makefile of the generated sources. */

/** @param hasApp whether the app loop goes with them */
export function writeMakefile(hasApp: boolean): string {
  const sources = hasApp
    ? '$(wildcard *.cc) $(wildcard core/src/*.c core/app/*.c)'
    : '$(filter-out main.cc,$(wildcard *.cc))';
  return `# TFLM is a checkout of github.com/tensorflow/tflite-micro; its own Makefile gives the library and what it downloads:
#   make -f tensorflow/lite/micro/tools/make/Makefile microlite
# For a board, give CC, CXX and TARGET_FLAGS, and TFLM_LIBRARY built with the same.
TFLM ?= $(error name a checkout of tflite-micro: make TFLM=FOLDER)
TFLM_DOWNLOADS ?= $(TFLM)/tensorflow/lite/micro/tools/make/downloads
TFLM_LIBRARY ?= $(firstword $(wildcard $(TFLM)/gen/*/lib/libtensorflow-microlite.a))
TFLM_INCLUDES ?= -isystem $(TFLM) -isystem $(TFLM_DOWNLOADS)/flatbuffers/include -isystem $(TFLM_DOWNLOADS)/gemmlowp
TARGET_FLAGS ?=
WARNINGS = -Wall -Wextra -Werror -Wconversion
# One rounding for each operation in the core: without contraction, or the bits differ.
CORE = -ffp-contract=off -fno-math-errno -Icore/include -Icore/src -Icore/app
CFLAGS = -std=c11 -O2 $(WARNINGS) $(CORE) $(TARGET_FLAGS)
CXXFLAGS = -std=c++17 -O2 -fno-exceptions -fno-rtti -fno-threadsafe-statics $(WARNINGS) $(CORE) $(TARGET_FLAGS) -I. $(TFLM_INCLUDES)

OBJECTS = $(addsuffix .o,$(basename ${sources}))

${hasApp ? 'watch: $(OBJECTS)\n\t$(CXX) $(TARGET_FLAGS) -o $@ $^ $(TFLM_LIBRARY)' : 'libmodel.a: $(OBJECTS)\n\t$(AR) rcs $@ $^'}

clean:
	rm -f ${hasApp ? 'watch' : 'libmodel.a'} $(OBJECTS)

.PHONY: clean
`;
}

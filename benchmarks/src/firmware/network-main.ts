/** main.c of a network's program: runs it for each window of one file and writes its outputs to another. */
import type { IntegerGraph } from '@edgebeat/exporter';

/**
 * @param header the text of model.h
 * @param isPainted the stack, whose limits the boards' linker script tells: the most that a run has used is printed
 */
export function networkMain(graph: IntegerGraph, header: string, isPainted: boolean): string {
  const outputs = graph.outputs.map(
    ({ tensor }, i) => `static ${typeOf(graph, tensor)} output${i}[${lengthOf(graph, tensor)}];`,
  );
  const run = `eb_model_run(&memory, input, ${graph.outputs.map((_, i) => `output${i}`).join(', ')});`;
  return `#include <stdio.h>
#include "model.h"

static eb_model_memory memory;
static int8_t input[${lengthOf(graph, graph.inputs[0]!)}];
${outputs.join('\n')}
${isPainted ? PAINT : ''}
/* A firmware needs it, so that the linker is not to drop it. */
static void (*volatile quantizer)(const float *, int8_t *) = ${/\beb_model_quantize_\w+/.exec(header)![0]};

int main(int count, char **words) {
  if (count != 3 || quantizer == NULL) return 2;
  FILE *in = fopen(words[1], "rb");
  FILE *out = fopen(words[2], "wb");
  if (in == NULL || out == NULL) return 3;
  ${isPainted ? 'long stack = 0;' : ''}
  while (fread(input, sizeof input, 1, in) == 1) {
${isPainted ? paintedRun(run) : `    ${run}`}
    ${graph.outputs.map((_, i) => `if (fwrite(output${i}, sizeof output${i}, 1, out) != 1) return 4;`).join('\n    ')}
  }
  ${isPainted ? 'printf("stack %ld\\n", stack);' : ''}
  return fclose(out) == 0 ? 0 : 5;
}
`;
}

const PAINT = `
extern char __HeapLimit;
static const char paint = 0x5a;
`;

/** From the heap's limit to the stack pointer nothing is in use while main paints: no function is called, no interrupt enabled. */
function paintedRun(run: string): string {
  return `    char *top;
    __asm__ volatile("mov %0, sp" : "=r"(top));
    for (volatile char *at = &__HeapLimit; at < top; at++) *at = paint;
    ${run}
    const char *deepest = &__HeapLimit;
    while (deepest < top && *(const volatile char *)deepest == paint) deepest++;
    if (top - deepest > stack) stack = (long)(top - deepest);`;
}

function lengthOf(graph: IntegerGraph, tensor: string): number {
  return graph.tensors.get(tensor)!.shape.reduce((count, size) => count * size, 1);
}

function typeOf(graph: IntegerGraph, tensor: string): string {
  return graph.tensors.get(tensor)!.dtype === 'float32' ? 'float' : 'int8_t';
}

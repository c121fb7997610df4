/** operators.h: the operators that a model uses and no others, so that a linker drops the kernels of the rest; and its arena. */
import type { TfliteDescription } from '../tflite/describe-tflite.js';
import type { BuiltinOperator } from '../tflite/schema/builtin-operators.js';
import type { ArenaBound } from './arena-bound.js';
import { laterSources, RESOLVER_METHODS } from './resolver-methods.js';

/** Each once, in alphabetical order: the resolver counts operators, not versions. */
export function operatorsOf({ operators }: TfliteDescription): BuiltinOperator[] {
  return [...new Set(operators.map(({ operator }) => operator as BuiltinOperator))].sort();
}

export function writeOperators(model: TfliteDescription, { bytes32, bytes64, activationBytes }: ArenaBound): string {
  const operators = operatorsOf(model);
  const calls = operators.map((operator) => {
    const later = laterSources(operator, model);
    return `operators.${RESOLVER_METHODS[operator]}() == kTfLiteOk${later ? ` /* ${later} */` : ''}`;
  });
  return `// What the model needs of TensorFlow Lite Micro.
#ifndef EDGEBEAT_OPERATORS_H
#define EDGEBEAT_OPERATORS_H

#include <cstddef>

#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"

namespace edgebeat {

// An upper bound by arithmetic, not a measurement: activations and scratch memory as the greedy planner puts them (${activationBytes} bytes),
// and a generous record for each tensor and operator, whose sizes follow those of pointers. Network::ArenaUsed() tells what a version
// really takes.
constexpr std::size_t kArenaBytes = sizeof(void *) == 8 ? ${bytes64} : ${bytes32};

using Operators = tflite::MicroMutableOpResolver<${operators.length}>;

inline bool AddOperators(Operators &operators) {
  return ${calls.join(' &&\n         ')};
}

}  // namespace edgebeat

#endif
`;
}

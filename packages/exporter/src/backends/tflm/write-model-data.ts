/** The .tflite file as an array of a C++ program. */

export const MODEL_DATA_HEADER = `// The .tflite file, as it is read in place: in flash, aligned to 16 bytes.
#ifndef EDGEBEAT_MODEL_DATA_H
#define EDGEBEAT_MODEL_DATA_H

#include <cstddef>

namespace edgebeat {

extern const std::size_t kModelBytes;
extern const unsigned char kModel[];

}  // namespace edgebeat

#endif
`;

const IN_A_LINE = 24;

export function writeModelData(model: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < model.length; at += IN_A_LINE)
    lines.push(`    ${model.subarray(at, at + IN_A_LINE).join(', ')},`);
  return `#include "model_data.h"

namespace edgebeat {

const std::size_t kModelBytes = ${model.length};
alignas(16) const unsigned char kModel[] = {
${lines.join('\n')}
};

}  // namespace edgebeat
`;
}

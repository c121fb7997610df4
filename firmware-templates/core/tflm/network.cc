// A model on TensorFlow Lite Micro.
#include "network.h"

extern "C" {
#include "edgebeat/kernels/quantize.h"
}

namespace edgebeat {

namespace {

bool IsKnown(const void *model) { return tflite::GetModel(model)->version() == TFLITE_SCHEMA_VERSION; }

}  // namespace

Network::Network(const void *model, const tflite::MicroOpResolver &operators, std::uint8_t *arena,
                 std::size_t arena_bytes)
    : interpreter_(tflite::GetModel(model), operators, arena, arena_bytes),
      is_ready_(IsKnown(model) && interpreter_.AllocateTensors() == kTfLiteOk) {}

bool Network::Run(const float *input, std::size_t output, float *real) {
  if (!is_ready_) return false;
  TfLiteTensor *const to = interpreter_.input(0);
  if (to->type != kTfLiteInt8) return false;
  for (std::size_t i = 0; i < to->bytes; i++) {
    to->data.int8[i] = eb_code_of(input[i] / to->params.scale, to->params.zero_point);
  }
  if (interpreter_.Invoke() != kTfLiteOk) return false;
  const TfLiteTensor *const from = interpreter_.output(output);
  if (from->type != kTfLiteInt8) return false;
  for (std::size_t i = 0; i < from->bytes; i++) {
    real[i] = from->params.scale * static_cast<float>(from->data.int8[i] - from->params.zero_point);
  }
  return true;
}

}  // namespace edgebeat

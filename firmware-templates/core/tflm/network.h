// A model on TensorFlow Lite Micro: one interpreter in an arena that the caller holds. No heap, no exceptions.
#ifndef EDGEBEAT_TFLM_NETWORK_H
#define EDGEBEAT_TFLM_NETWORK_H

#include <cstddef>
#include <cstdint>

// It brings the schema with it, whose own path differs between versions.
#include "tensorflow/lite/micro/micro_interpreter.h"

namespace edgebeat {

class Network {
 public:
  // Model, operators and arena (aligned to 16 bytes) stay with the network.
  Network(const void *model, const tflite::MicroOpResolver &operators, std::uint8_t *arena, std::size_t arena_bytes);

  // Whether the model could be laid out in the arena, with these operators.
  bool IsReady() const { return is_ready_; }

  // What is taken of the arena.
  std::size_t ArenaUsed() const { return interpreter_.arena_used_bytes(); }

  // Real numbers of the only input to real numbers of an output, by its index; both have as many as their tensors. Codes are rounded
  // as everywhere in edgebeat: to nearest, halves away from zero. Returns false where the interpreter fails.
  bool Run(const float *input, std::size_t output, float *real);

 private:
  tflite::MicroInterpreter interpreter_;
  bool is_ready_;
};

}  // namespace edgebeat

#endif

// Stub of TensorFlow Lite Micro's interface, for tests: it lays nothing out and computes nothing.
#ifndef STUB_MICRO_INTERPRETER_H
#define STUB_MICRO_INTERPRETER_H

#include <cstddef>
#include <cstdint>

#define TFLITE_SCHEMA_VERSION (3)

typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
typedef enum { kTfLiteNoType = 0, kTfLiteFloat32 = 1, kTfLiteInt8 = 9 } TfLiteType;

typedef struct {
  float scale;
  std::int32_t zero_point;
} TfLiteQuantizationParams;

typedef union {
  std::int8_t *int8;
  float *f;
  void *data;
} TfLitePtrUnion;

typedef struct {
  TfLiteType type;
  TfLitePtrUnion data;
  TfLiteQuantizationParams params;
  std::size_t bytes;
} TfLiteTensor;

namespace tflite {

class Model {
 public:
  std::uint32_t version() const { return TFLITE_SCHEMA_VERSION; }
};

inline const Model *GetModel(const void *bytes) { return static_cast<const Model *>(bytes); }

class MicroOpResolver {
 public:
  virtual unsigned int Registered() const = 0;

 protected:
  ~MicroOpResolver() = default;
};

class MicroResourceVariables;
class MicroProfilerInterface;

class MicroInterpreter {
 public:
  MicroInterpreter(const Model *, const MicroOpResolver &resolver, std::uint8_t *arena, std::size_t bytes,
                   MicroResourceVariables * = nullptr, MicroProfilerInterface * = nullptr, bool = false)
      : resolver_(resolver), bytes_(bytes), aligned_(reinterpret_cast<std::uintptr_t>(arena) % 16 == 0) {}

  TfLiteStatus AllocateTensors() { return aligned_ && resolver_.Registered() > 0 ? kTfLiteOk : kTfLiteError; }
  TfLiteStatus Invoke() { return kTfLiteOk; }
  TfLiteTensor *input(std::size_t) { return &input_; }
  TfLiteTensor *output(std::size_t) { return &output_; }
  std::size_t arena_used_bytes() const { return bytes_; }

 private:
  const MicroOpResolver &resolver_;
  std::size_t bytes_;
  bool aligned_;
  std::int8_t codes_[1024] = {};
  TfLiteTensor input_ = {kTfLiteInt8, {codes_}, {0.05F, 0}, 900};
  TfLiteTensor output_ = {kTfLiteInt8, {codes_}, {0.05F, 0}, 64};
};

}  // namespace tflite

#endif

// Stub of TensorFlow Lite Micro's resolver, for tests: it remembers the names of what is registered.
#ifndef STUB_MICRO_MUTABLE_OP_RESOLVER_H
#define STUB_MICRO_MUTABLE_OP_RESOLVER_H

#include "tensorflow/lite/micro/micro_interpreter.h"

namespace tflite {

template <unsigned int tOpCount>
class MicroMutableOpResolver : public MicroOpResolver {
 public:
  TfLiteStatus AddAdd() { return Add("ADD"); }
  TfLiteStatus AddAveragePool2D() { return Add("AVERAGE_POOL_2D"); }
  TfLiteStatus AddBatchMatMul() { return Add("BATCH_MATMUL"); }
  TfLiteStatus AddBroadcastTo() { return Add("BROADCAST_TO"); }
  TfLiteStatus AddCast() { return Add("CAST"); }
  TfLiteStatus AddConcatenation() { return Add("CONCATENATION"); }
  TfLiteStatus AddConv2D() { return Add("CONV_2D"); }
  TfLiteStatus AddDepthwiseConv2D() { return Add("DEPTHWISE_CONV_2D"); }
  TfLiteStatus AddDequantize() { return Add("DEQUANTIZE"); }
  TfLiteStatus AddDiv() { return Add("DIV"); }
  TfLiteStatus AddGather() { return Add("GATHER"); }
  TfLiteStatus AddL2Normalization() { return Add("L2_NORMALIZATION"); }
  TfLiteStatus AddLogistic() { return Add("LOGISTIC"); }
  TfLiteStatus AddMaximum() { return Add("MAXIMUM"); }
  TfLiteStatus AddMaxPool2D() { return Add("MAX_POOL_2D"); }
  TfLiteStatus AddMean() { return Add("MEAN"); }
  TfLiteStatus AddMinimum() { return Add("MINIMUM"); }
  TfLiteStatus AddMul() { return Add("MUL"); }
  TfLiteStatus AddPad() { return Add("PAD"); }
  TfLiteStatus AddPadV2() { return Add("PADV2"); }
  TfLiteStatus AddQuantize() { return Add("QUANTIZE"); }
  TfLiteStatus AddReduceMax() { return Add("REDUCE_MAX"); }
  TfLiteStatus AddRelu() { return Add("RELU"); }
  TfLiteStatus AddReshape() { return Add("RESHAPE"); }
  TfLiteStatus AddRsqrt() { return Add("RSQRT"); }
  TfLiteStatus AddSoftmax() { return Add("SOFTMAX"); }
  TfLiteStatus AddSqrt() { return Add("SQRT"); }
  TfLiteStatus AddStridedSlice() { return Add("STRIDED_SLICE"); }
  TfLiteStatus AddSub() { return Add("SUB"); }
  TfLiteStatus AddSum() { return Add("SUM"); }
  TfLiteStatus AddTanh() { return Add("TANH"); }
  TfLiteStatus AddTranspose() { return Add("TRANSPOSE"); }

  unsigned int Registered() const override { return count_; }
  const char *Name(unsigned int index) const { return names_[index]; }

 private:
  TfLiteStatus Add(const char *name) {
    if (count_ == tOpCount) return kTfLiteError;
    names_[count_++] = name;
    return kTfLiteOk;
  }

  const char *names_[tOpCount];
  unsigned int count_ = 0;
};

}  // namespace tflite

#endif

// The network on TensorFlow Lite Micro.
#include "network.h"

#include "identity.h"

namespace {

edgebeat::IdentityMemory memory;

}  // namespace

const eb_identity_model *network_model(void) { return &edgebeat::identity; }

void *network_memory(void) { return &memory; }

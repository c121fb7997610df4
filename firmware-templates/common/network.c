/* The network in generated C: identity.h is of the folder that `edgebeat export --to c` wrote. */
#include "network.h"

#include "identity.h"

static eb_model_identity_memory memory;

const eb_identity_model *network_model(void) { return &eb_model_identity; }

void *network_memory(void) { return &memory; }

/* The network that an application runs. */
#ifndef EDGEBEAT_NETWORK_H
#define EDGEBEAT_NETWORK_H

#include "edgebeat/app/identity-model.h"

#ifdef __cplusplus
extern "C" {
#endif

const eb_identity_model *network_model(void);

/* As much as the model asks for, aligned as it asks. */
void *network_memory(void);

#ifdef __cplusplus
}
#endif

#endif

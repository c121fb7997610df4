/* The network that the application runs: generated C or TensorFlow Lite Micro, by CONFIG_EDGEBEAT_NETWORK_... */
#ifndef EDGEBEAT_ZEPHYR_NETWORK_H
#define EDGEBEAT_ZEPHYR_NETWORK_H

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

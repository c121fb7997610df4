/* Stub of Zephyr's device model and devicetree macros: one device, `stub_device_0`. */
#ifndef STUB_ZEPHYR_DEVICE_H
#define STUB_ZEPHYR_DEVICE_H

#include <stdbool.h>

struct device {
  const char *name;
  const void *config;
  void *data;
  const void *api;
  int (*init)(const struct device *dev);
};

extern const struct device stub_device_0;

#define DT_ALIAS(alias) alias
#define DEVICE_DT_GET(node) (&stub_device_0)
#define DT_INST_PROP(inst, property) STUB_PROP_##property
#define DT_INST_FOREACH_STATUS_OKAY(define) define(0)
#define DEVICE_API(class, name) const struct class##_driver_api name

bool device_is_ready(const struct device *dev);

#endif

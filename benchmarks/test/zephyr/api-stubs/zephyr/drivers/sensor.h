/* Stub of Zephyr's sensor API. */
#ifndef STUB_ZEPHYR_SENSOR_H
#define STUB_ZEPHYR_SENSOR_H

#include <stdint.h>

#include <zephyr/device.h>

enum sensor_channel { SENSOR_CHAN_VOLTAGE = 1, SENSOR_CHAN_ALL };
enum sensor_attribute { SENSOR_ATTR_SAMPLING_FREQUENCY };
enum sensor_trigger_type { SENSOR_TRIG_TIMER, SENSOR_TRIG_DATA_READY };

struct sensor_value {
  int32_t val1;
  int32_t val2;
};

struct sensor_trigger {
  enum sensor_trigger_type type;
  enum sensor_channel chan;
};

typedef void (*sensor_trigger_handler_t)(const struct device *dev, const struct sensor_trigger *trigger);

struct sensor_driver_api {
  int (*attr_set)(const struct device *, enum sensor_channel, enum sensor_attribute, const struct sensor_value *);
  int (*attr_get)(const struct device *, enum sensor_channel, enum sensor_attribute, struct sensor_value *);
  int (*trigger_set)(const struct device *, const struct sensor_trigger *, sensor_trigger_handler_t);
  int (*sample_fetch)(const struct device *, enum sensor_channel);
  int (*channel_get)(const struct device *, enum sensor_channel, struct sensor_value *);
};

#define STUB_SENSOR_API(dev) ((const struct sensor_driver_api *)(dev)->api)

static inline int sensor_attr_set(const struct device *dev, enum sensor_channel channel, enum sensor_attribute attribute,
                                  const struct sensor_value *value) {
  return STUB_SENSOR_API(dev)->attr_set(dev, channel, attribute, value);
}

static inline int sensor_trigger_set(const struct device *dev, const struct sensor_trigger *trigger,
                                     sensor_trigger_handler_t handler) {
  return STUB_SENSOR_API(dev)->trigger_set(dev, trigger, handler);
}

static inline int sensor_sample_fetch(const struct device *dev) {
  return STUB_SENSOR_API(dev)->sample_fetch(dev, SENSOR_CHAN_ALL);
}

static inline int sensor_channel_get(const struct device *dev, enum sensor_channel channel, struct sensor_value *value) {
  return STUB_SENSOR_API(dev)->channel_get(dev, channel, value);
}

#define SENSOR_DEVICE_DT_INST_DEFINE(inst, init_fn, pm, data_ptr, config_ptr, level, prio, api_ptr)                  \
  const struct device stub_device_##inst = {"stub", config_ptr, data_ptr, api_ptr, init_fn};

#endif

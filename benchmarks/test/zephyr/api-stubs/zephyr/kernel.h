/* Stub of Zephyr's kernel: one timer and semaphores in virtual time. */
#ifndef STUB_ZEPHYR_KERNEL_H
#define STUB_ZEPHYR_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARG_UNUSED(x) (void)(x)
#define BUILD_ASSERT(condition, text) _Static_assert(condition, text)

typedef struct {
  int64_t microseconds;
} k_timeout_t;

#define K_USEC(us) ((k_timeout_t){(int64_t)(us)})
#define K_FOREVER ((k_timeout_t){-1})

struct k_timer;
typedef void (*k_timer_expiry_t)(struct k_timer *timer);
typedef void (*k_timer_stop_t)(struct k_timer *timer);

struct k_timer {
  k_timer_expiry_t expiry;
  void *user_data;
  int64_t period;
};

void k_timer_init(struct k_timer *timer, k_timer_expiry_t expiry, k_timer_stop_t stopped);
void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);
void k_timer_stop(struct k_timer *timer);
void k_timer_user_data_set(struct k_timer *timer, void *user_data);
void *k_timer_user_data_get(const struct k_timer *timer);

struct k_sem {
  unsigned int count;
  unsigned int limit;
};

#define K_SEM_DEFINE(name, initial, most) struct k_sem name = {initial, most}

void k_sem_give(struct k_sem *sem);
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);

#endif

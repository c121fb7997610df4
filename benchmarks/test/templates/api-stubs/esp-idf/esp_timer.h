/* Stub of ESP-IDF's timer: there is one. */
#pragma once
#include <stdint.h>
#include <stdlib.h>
typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERROR_CHECK(x) ((x) == ESP_OK ? (void)0 : abort())
typedef void (*esp_timer_cb_t)(void *arg);
typedef struct {
  esp_timer_cb_t callback;
  void *arg;
  const char *name;
} esp_timer_create_args_t;
typedef struct esp_timer *esp_timer_handle_t;
esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *timer);
esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us);

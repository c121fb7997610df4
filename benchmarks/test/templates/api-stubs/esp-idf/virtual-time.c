/* One task and one timer: whoever waits for a notification lets the timer expire until there is one. */
#include "esp_timer.h"
#include "freertos/task.h"

static esp_timer_create_args_t timer_args;
static uint64_t period;
static uint64_t now_us;
static uint32_t notified;

struct esp_timer {
  int unused;
};
static struct esp_timer only_timer;
static int only_task;

esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *timer) {
  timer_args = *args;
  *timer = &only_timer;
  return ESP_OK;
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us) {
  (void)timer;
  period = period_us;
  return ESP_OK;
}

TaskHandle_t xTaskGetCurrentTaskHandle(void) { return (TaskHandle_t)(void *)&only_task; }

BaseType_t xTaskNotifyGive(TaskHandle_t task) {
  (void)task;
  notified++;
  return pdTRUE;
}

uint32_t ulTaskNotifyTake(BaseType_t clear, TickType_t wait) {
  (void)clear;
  (void)wait;
  while (notified == 0) {
    if (now_us >= UINT64_C(1000000) * STUB_SECONDS) exit(0);
    now_us += period;
    timer_args.callback(timer_args.arg);
  }
  const uint32_t count = notified;
  notified = 0;
  return count;
}

void app_main(void);
int main(void) {
  app_main();
  return 3;
}

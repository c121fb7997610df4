/* Stub of FreeRTOS's tasks: there is one. */
#pragma once
#include "freertos/FreeRTOS.h"
typedef struct task *TaskHandle_t;
TaskHandle_t xTaskGetCurrentTaskHandle(void);
BaseType_t xTaskNotifyGive(TaskHandle_t task);
uint32_t ulTaskNotifyTake(BaseType_t clear, TickType_t wait);

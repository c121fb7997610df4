/* Stub of ESP-IDF's log. */
#pragma once
#include <stdio.h>
#define ESP_LOGI(tag, ...) (printf("%s: ", tag), printf(__VA_ARGS__), printf("\n"))
#define ESP_LOGE(tag, ...) (printf("%s error: ", tag), printf(__VA_ARGS__), printf("\n"))

/* Stub of Zephyr's log: a line on standard output. */
#ifndef STUB_ZEPHYR_LOG_H
#define STUB_ZEPHYR_LOG_H

#include <stdio.h>

#define LOG_LEVEL_INF 3
#define LOG_MODULE_REGISTER(name, level) extern int stub_log_##name
#define LOG_INF(...) (printf(__VA_ARGS__), printf("\n"))
#define LOG_ERR(...) (printf("error: "), printf(__VA_ARGS__), printf("\n"))

#endif

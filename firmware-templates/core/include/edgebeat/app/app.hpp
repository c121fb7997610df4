// The app and its link for C++17.
#ifndef EDGEBEAT_APP_APP_HPP
#define EDGEBEAT_APP_APP_HPP

#include <cstddef>
#include <cstdint>

// The ring between interrupt and loop has C11's atomics, which C++17 has not: here it is a type that only C looks into.
#define EDGEBEAT_SAMPLE_FIFO_H

extern "C" {

struct eb_sample_fifo;

#define _Static_assert static_assert
#include "edgebeat/app/link.h"
#undef _Static_assert

}

#endif

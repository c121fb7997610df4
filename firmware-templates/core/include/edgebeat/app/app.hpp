// The app and its link for C++17.
#ifndef EDGEBEAT_APP_APP_HPP
#define EDGEBEAT_APP_APP_HPP

// Before C linkage is declared: it has templates.
#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>

extern "C" {
#include "edgebeat/app/link.h"
}

#endif

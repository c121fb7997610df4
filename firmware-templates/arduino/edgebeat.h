// Everything that a sketch needs of the edgebeat library.
#ifndef EDGEBEAT_H
#define EDGEBEAT_H

#include "answer-names.h"
#include "edgebeat/app/app.hpp"
#include "network.h"
#include "simulated-ecg.h"

#endif

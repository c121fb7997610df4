#!/bin/sh
# Lays the Arduino library out: make-library.sh EXPORTED_FOLDER LIBRARY_FOLDER, the former as `edgebeat export NAME --to c` wrote it (NAME.c), the
# latter such as ~/Arduino/libraries/edgebeat. Arduino compiles whatever lies in src, and looks for headers in src itself.
set -eu
[ $# -eq 2 ] && [ -f "$1/identity.h" ] || { echo "usage: $0 EXPORTED_FOLDER LIBRARY_FOLDER" >&2; exit 2; }
templates=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$2/src"
cp -R "$templates/core/include/edgebeat" "$2/src/"
cp "$templates"/core/src/*.[ch] "$templates"/core/app/*.[ch] "$templates"/common/*.[ch] "$2/src/"
cp "$1"/*.[ch] "$1"/kernels/*.c "$2/src/"
cp "$templates/arduino/edgebeat.h" "$2/src/"
cp "$templates/arduino/library.properties" "$2/"
mkdir -p "$2/examples"
cp -R "$templates/arduino/edgebeat_watch" "$2/examples/"

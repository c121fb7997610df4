#!/usr/bin/env node
// Stands in the repository, executable, so that npm can link the command before anything is compiled.
import '../dist/main.js';

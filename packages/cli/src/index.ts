/** The edgebeat command line as a library, for programs that embed it. */
export { type ExitStatus, UsageError } from './errors.js';
export { Output, type Report, type Streams } from './output.js';
export { createProgram, runCommandLine } from './program.js';
export { type CommandContext, type RegisterCommand, Shell } from './shell.js';
export { edgebeatVersion } from './version.js';

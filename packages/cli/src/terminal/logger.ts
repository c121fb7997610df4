/** The log of a command: one JSON object per line on standard error, never mixed with answers. */
import { type DestinationStream, type Logger, pino } from 'pino';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Whether more than warnings and errors is logged. */
export function isDetailed(level: LogLevel): boolean {
  return logLevels.indexOf(level) < logLevels.indexOf('warn');
}

export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

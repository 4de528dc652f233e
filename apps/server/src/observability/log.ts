import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import type { Environment } from '../environment.ts'

/** Structured log: one line an occurrence, on stderr. stdout is kept for what a person asked for. */
export type Log = Logger

/**
 * JSON lines for machines; in a terminal, readable lines, and then without one for each request unless
 * `LOG_LEVEL` says otherwise. Keys and passwords are never logged: headers are left out as a whole.
 */
export function createLog({ logLevel }: Pick<Environment, 'logLevel'>): Log {
  const terminal = process.stderr.isTTY
  const level = logLevel ?? (terminal ? 'warn' : 'info')
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (terminal) return pino(options, pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }))
  // Synchronous: what was logged before a crash must be there after it.
  return pino(options, pino.destination({ dest: 2, sync: true }))
}

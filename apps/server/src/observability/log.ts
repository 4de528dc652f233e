import { type DestinationStream, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import type { Environment } from '../environment.ts'
import { createLogOutput } from './log-output.ts'

/** The structured log on stderr, one line per event. stdout is for output that a person asked for. */
export type Log = Logger

/**
 * Creates the log: JSON lines; in a terminal readable lines, from level "warn" unless `LOG_LEVEL` is set, so that
 * requests are not logged there. Keys and passwords are never logged: headers are omitted entirely. With a
 * destination, JSON lines go there instead of to stderr.
 */
export function createLog({ logLevel }: Pick<Environment, 'logLevel'>, destination?: DestinationStream): Log {
  const terminal = destination === undefined && process.stderr.isTTY
  const level = logLevel ?? (terminal ? 'warn' : 'info')
  const options = { level, base: null, timestamp: isoTime() }
  if (terminal) return pino(options, pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }))
  return pino(options, destination ?? createLogOutput())
}

/** Returns a time stamp for lines, which is formatted once in each millisecond. */
function isoTime(): () => string {
  let formattedMs = 0
  let text = ''
  return () => {
    const nowMs = Date.now()
    if (nowMs !== formattedMs) {
      formattedMs = nowMs
      text = `,"time":"${new Date(nowMs).toISOString()}"`
    }
    return text
  }
}

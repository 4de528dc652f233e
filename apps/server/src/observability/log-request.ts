import { symbols } from 'pino'
import type { Log } from './log.ts'

/** A request that has been answered, for the log. */
export interface AnsweredRequest {
  /** Has only letters, digits and characters that JSON does not escape. */
  readonly requestId: string
  /** A method that Node.js knows. */
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
}

const LEVELS = { debug: 20, info: 30 } as const

/** What pino keeps in a log. */
interface LogParts {
  readonly [symbols.streamSym]: { write(line: string): void; hold?(line: string): void }
  readonly [symbols.timeSym]: () => string
}

/**
 * Writes the line of a request, as pino would write it. There is one for each request, and its fields are known, so that writing
 * them takes a third of the time of pino, which looks at each field of any object.
 */
export function logRequest(log: Log, level: keyof typeof LEVELS, { requestId, method, path, status, durationMs }: AnsweredRequest): void {
  if (!log.isLevelEnabled(level)) return
  const { [symbols.streamSym]: stream, [symbols.timeSym]: time } = log as Log & LogParts
  const duration = Math.round(durationMs * 10) / 10
  const line = `{"level":${LEVELS[level]}${time()},"requestId":"${requestId}","method":"${method}","path":${JSON.stringify(path)},"status":${status},"durationMs":${duration},"msg":"request"}\n`
  if (stream.hold === undefined) stream.write(line)
  else stream.hold(line)
}

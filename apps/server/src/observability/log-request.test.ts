import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createLog } from './log.ts'
import type { LogOutput } from './log-output.ts'
import { logRequest } from './log-request.ts'

const time = () => ',"time":"2026-11-27T08:00:00.000Z"'
const request = { requestId: 'id-1:/+=', method: 'POST', path: '/a "quoted\\ path" é', status: 200, durationMs: 1.26 }

it('writes the line that pino would write', () => {
  const lines: string[] = []
  const log = pino({ base: null, timestamp: time, level: 'debug' }, { write: line => void lines.push(line) })
  for (const level of ['info', 'debug'] as const) {
    log[level]({ ...request, durationMs: 1.3 }, 'request')
    logRequest(log, level, request)
  }
  expect(lines).toHaveLength(4)
  expect([lines[1], lines[3]]).toEqual([lines[0], lines[2]])
})

it('lets the output hold the line', () => {
  const [held, written]: [string[], string[]] = [[], []]
  const log = createLog({ logLevel: 'info' }, { write: line => void written.push(line), hold: line => void held.push(line) } as LogOutput)
  logRequest(log, 'info', request)
  expect([held.length, written.length]).toEqual([1, 0])
})

it('writes nothing below the level of the log', () => {
  const lines: string[] = []
  const log = createLog({ logLevel: 'info' }, { write: line => void lines.push(line) })
  logRequest(log, 'debug', request)
  expect(lines).toEqual([])
  logRequest(log, 'info', request)
  expect(JSON.parse(lines.join(''))).toMatchObject({ level: 30, path: request.path, durationMs: 1.3, msg: 'request' })
})

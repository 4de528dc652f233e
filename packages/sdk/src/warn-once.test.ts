import { beforeEach, describe, expect, it } from 'vitest'
import { createTollgate } from './create-tollgate.ts'
import { EngineFailure } from './errors.ts'
import { type MemoryEngine, memoryEngine } from './testing/memory-engine.ts'
import type { ClientOptions } from './tollgate-options.ts'

let engine: MemoryEngine
let warnings: string[]
const create = (options: ClientOptions = {}) => createTollgate({ engine, platform: { warn: message => warnings.push(message) }, ...options })
const refuseKey = () => {
  throw new EngineFailure('UNAUTHENTICATED', 'Tollgate answered 401 UNAUTHENTICATED: The API key is unknown.')
}

beforeEach(() => {
  engine = memoryEngine()
  warnings = []
})

describe('a client without onError whose key is refused', () => {
  beforeEach(() => {
    engine.before = refuseKey
  })

  it('warns once, and says what to do', async () => {
    const tollgate = create()
    for (let i = 0; i < 3; i++) {
      await tollgate.record({ operation: 'chat' })
      await tollgate.flush()
    }
    expect(warnings).toEqual([
      'Tollgate UNAUTHENTICATED: Tollgate answered 401 UNAUTHENTICATED: The API key is unknown. Check apiKey. Calls wait until it is accepted. (Pass onError to receive all errors.)',
    ])
  })

  it.each(['wait', 'background'] as const)('has the reason on its receipts, with delivery "%s"', async delivery => {
    const tollgate = create({ delivery })
    await tollgate.record({ operation: 'first' })
    await tollgate.flush()
    expect(await tollgate.record({ operation: 'second' })).toMatchObject({ outcome: 'QUEUED', reason: expect.stringContaining('The API key is unknown.') })
    engine.before = () => {}
    await tollgate.flush()
    expect(await tollgate.record({ operation: 'third' })).not.toHaveProperty('reason')
    expect(tollgate.stats().failure).toBeUndefined()
  })

  it('reports it when it is flushed and closed, without waiting for a key that only somebody can change', async () => {
    const tollgate = create({ delivery: 'background' })
    await tollgate.record({ operation: 'chat' })
    const refused = { code: 'UNAUTHENTICATED', message: expect.stringContaining('The API key is unknown.') }
    expect(await tollgate.flush({ timeoutMs: 60_000 })).toMatchObject({ queued: 1, failure: refused })
    expect(await tollgate.close({ timeoutMs: 60_000 })).toMatchObject({ dropped: 1, failure: refused })
    expect(warnings.map(warning => warning.split(':')[0])).toEqual(['Tollgate UNAUTHENTICATED', 'Tollgate DROPPED'])
  })
})

it('warns of the first error of each code', async () => {
  const tollgate = create({ delivery: 'background', bufferSize: 1, batchSize: 1, maxInFlight: 1 })
  engine.before = () => new Promise(() => {})
  for (let i = 0; i < 4; i++) await tollgate.record({ operation: 'chat' })
  await tollgate.record({ occurredAt: new Date(Number.NaN) })
  expect(warnings).toEqual([
    'Tollgate DROPPED: A call was not recorded: the buffer is full. (Pass onError to receive all errors.)',
    'Tollgate INVALID_INPUT: occurredAt: must be a time with an offset, such as "2026-11-20T09:30:00Z". (Pass onError to receive all errors.)',
  ])
})

it('does not warn with onError, which receives all errors', async () => {
  const errors: string[] = []
  const tollgate = create({ onError: error => errors.push(error.message) })
  engine.before = refuseKey
  for (let i = 0; i < 2; i++) {
    await tollgate.record({ operation: 'chat' })
    await tollgate.flush()
  }
  expect(errors.length).toBeGreaterThan(1)
  expect(warnings).toEqual([])
})

import { metadata, withMetadata } from '@tollgate/metadata'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTollgate } from './create-tollgate.ts'
import { EngineFailure, QuotaExceeded } from './errors.ts'
import { type MemoryEngine, memoryEngine } from './testing/memory-engine.ts'
import type { QuotaRequest } from './model/quota-decision.ts'
import type { ReserveOptions } from './reservation.ts'
import type { ClientOptions, ServerOptions } from './tollgate-options.ts'

let engine: MemoryEngine
let errors: Error[]
const create = (options: ClientOptions = {}) => createTollgate({ engine, onError: error => errors.push(error), ...options })
const down = () => {
  throw new EngineFailure('UNAVAILABLE', 'down')
}

beforeEach(() => {
  engine = memoryEngine()
  errors = []
})
afterEach(() => {
  vi.useRealTimers()
})

describe('tracking', () => {
  it('returns the call id and the outcome', async () => {
    const tollgate = create()
    const receipt = await tollgate.trackAiCall({ provider: 'openai', model: 'gpt-5-mini', tokens: { input: 150, output: 300 }, latencyMs: 1250.4 })
    expect(receipt.outcome).toBe('ACCEPTED')
    expect(engine.events).toEqual([
      {
        idempotencyKey: receipt.callId,
        occurredAt: expect.stringMatching(/Z$/),
        operation: 'ai_call',
        provider: 'openai',
        model: 'gpt-5-mini',
        tokens: { input: 150, output: 300 },
        latencyMs: 1250,
      },
    ])
    expect(await tollgate.record({ operation: 'ai_call', callId: receipt.callId, provider: 'other' })).toMatchObject({
      outcome: 'CONFLICT',
    })
  })

  it('records what the server has no field for as attributes, below those of the call', async () => {
    await create().record({
      operation: 'chat',
      estimated: true,
      aborted: true,
      timeToFirstTokenMs: 80.6,
      credits: 0.005,
      description: 'x'.repeat(2_000),
      resourceType: 'chat_session',
      resourceId: 's1',
      metadata: { attributes: { aborted: 'mine' } },
    })
    expect(engine.events[0]).toMatchObject({ credits: '0.005', description: 'x'.repeat(1_000), resourceType: 'chat_session', resourceId: 's1' })
    expect(engine.events[0]?.metadata).toEqual({ attributes: { estimated: true, aborted: 'mine', time_to_first_token_ms: 81 } })
  })

  it('attributes calls to the defaults, the context and the call, in this order', async () => {
    const tollgate = create({ defaults: metadata().environment('production').feature('none') })
    await Promise.all([
      tollgate.run({ customerId: 'a', featureId: 'chat' }, async () => {
        await Promise.resolve()
        await tollgate.record({ operation: 'one' })
      }),
      withMetadata({ customerId: 'b' }, () => tollgate.record({ operation: 'two', metadata: metadata().feature('search').custom('x', 1) })),
    ])
    expect(Object.fromEntries(engine.events.map(event => [event.operation, event.metadata]))).toEqual({
      one: { environment: 'production', featureId: 'chat', customerId: 'a' },
      two: { environment: 'production', featureId: 'search', customerId: 'b', attributes: { x: 1 } },
    })
  })

  it('attributes calls to a scope until it ends', async () => {
    const tollgate = create()
    const request = async () => {
      using _ = tollgate.scope({ customerId: 'a' })
      await tollgate.record({ operation: 'inside' })
    }
    await request()
    await tollgate.record({ operation: 'outside' })
    expect(engine.events.map(event => event.metadata?.customerId)).toEqual(['a', undefined])
  })

  it('measures the latency of a tracked operation when it is not given', async () => {
    let nowMs = 1_000
    const tollgate = create({ platform: { monotonicMs: () => nowMs } })
    const tracker = tollgate.trackUsage('chat_message', { sessionId: 's1', plan: 'pro', seats: 3, nothing: null })
    nowMs += 40
    const receipt = await tracker.recordSuccess({ tokens: { input: 5 }, statusCode: 200 })
    expect(await tracker.recordFailure(new Error('later'))).toEqual(receipt)
    await tollgate.trackUsage('embedding').recordFailure(Object.assign(new Error('overloaded'), { status: 529 }), { responseTimeMs: 7 })
    await tollgate.trackUsage('embedding').recordFailure('refused', 500)
    await tollgate.trackUsage('embedding').recordRateLimit()
    expect(engine.events).toMatchObject([
      { operation: 'chat_message', latencyMs: 40, statusCode: 200, metadata: { sessionId: 's1', attributes: { plan: 'pro', seats: 3 } } },
      { status: 'FAILURE', errorMessage: 'overloaded', statusCode: 529, latencyMs: 7 },
      { status: 'FAILURE', errorMessage: 'refused', statusCode: 500 },
      { status: 'RATE_LIMITED' },
    ])
  })

  it('records the usage of a user as the credit document shows it', async () => {
    const tollgate = create()
    await tollgate.trackAiUsage({ userId: 'u1', actionType: 'ai_chat_message', inputTokens: 10, outputTokens: 20, model: 'claude-sonnet-4', resourceId: 's1' })
    await tollgate.trackComputeUsage({
      userId: 'u1',
      actionType: 'youtube_sync',
      credits: 0.005,
      description: 'Synced 50 videos',
      metadata: { videos_synced: 50 },
    })
    await tollgate.trackCompute({ operation: 'workflow_execution', quantity: 3 })
    expect(engine.events).toMatchObject([
      { operation: 'ai_chat_message', provider: 'anthropic', model: 'claude-sonnet-4', tokens: { input: 10, output: 20 }, metadata: { customerId: 'u1' } },
      { operation: 'youtube_sync', credits: '0.005', description: 'Synced 50 videos', metadata: { customerId: 'u1', attributes: { videos_synced: 50 } } },
      { operation: 'workflow_execution', quantity: '3' },
    ])
  })

  it('never rejects, whatever the call is', async () => {
    const tollgate = create()
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    expect(await tollgate.record({ units: [cyclic as never] })).toMatchObject({ outcome: 'REJECTED', reason: expect.stringContaining('cannot be sent') })
    expect(await tollgate.record({ occurredAt: new Date(Number.NaN) })).toMatchObject({ outcome: 'REJECTED' })
    expect(await tollgate.record(null as never)).toMatchObject({ outcome: 'REJECTED' })
    expect(errors).toHaveLength(3)
  })
})

describe('delivery', () => {
  it('sends awaited calls at once, and those that arrive meanwhile together', async () => {
    const tollgate = create({ maxInFlight: 1 })
    await tollgate.trackBulk(Array.from({ length: 50 }, () => ({ operation: 'chat' })))
    expect(engine.batches).toEqual([1, 49])
  })

  it.each(['wait', 'background'] as const)('records more calls at once than the buffer holds, with delivery "%s"', async delivery => {
    const tollgate = create({ delivery, bufferSize: 10, batchSize: 4 })
    const receipts = await tollgate.run({ customerId: 'a' }, () => tollgate.trackBulk(Array.from({ length: 95 }, (_, i) => ({ operation: `op${i}` }))))
    await tollgate.flush()
    expect(receipts).toHaveLength(95)
    expect(engine.events.map(({ operation, metadata: found }) => `${operation} ${found?.customerId}`).toSorted()).toEqual(
      Array.from({ length: 95 }, (_, i) => `op${i} a`).toSorted(),
    )
    expect(tollgate.stats().dropped).toBe(0)
  })

  it('leaves no timer behind that would keep the process alive', async () => {
    vi.useFakeTimers()
    await create({ maxInFlight: 1 }).trackBulk([{ operation: 'a' }, { operation: 'b' }])
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each<{ name: string; options: ClientOptions; batches: number[] }>([
    { name: 'count', options: { batchSize: 4 }, batches: [4, 4] },
    { name: 'bytes', options: { batchBytes: 500 }, batches: [3, 3] },
  ])('sends calls in the background when their $name is reached', async ({ options, batches }) => {
    const tollgate = create({ delivery: 'background', ...options })
    for (let i = 0; i < 9; i++) expect(await tollgate.record({ operation: 'x'.repeat(50) })).toMatchObject({ outcome: 'QUEUED' })
    await vi.waitFor(() => expect(engine.batches.slice(0, 2)).toEqual(batches))
    await tollgate.close()
    expect(engine.events).toHaveLength(9)
  })

  it('sends calls in the background after the flush interval', async () => {
    vi.useFakeTimers()
    const tollgate = create({ delivery: 'background', flushIntervalMs: 3_000 })
    await tollgate.record({ operation: 'chat' })
    await vi.advanceTimersByTimeAsync(2_999)
    expect(engine.events).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(engine.events).toHaveLength(1)
  })

  it('sends calls in the background when the buffer is full, although a batch could be larger', async () => {
    const tollgate = create({ delivery: 'background', bufferSize: 3, flushIntervalMs: 60_000 })
    for (let i = 0; i < 3; i++) await tollgate.record({ operation: 'chat' })
    expect(engine.batches).toEqual([3])
  })

  it('keeps the calls of tenants apart', async () => {
    const tollgate = create({ delivery: 'background' })
    const tenants: (string | undefined)[] = []
    const track = engine.track.bind(engine)
    engine.track = (events, call) => {
      tenants.push(`${call.tenantId} ${events.length}`)
      return track(events, call)
    }
    for (let i = 0; i < 6; i++) await tollgate.record({ operation: 'chat', tenantId: i % 2 === 0 ? 'acme' : 'globex' })
    await tollgate.flush()
    expect(tenants).toEqual(['acme 3', 'globex 3'])
  })

  it('records a call once when the answer was lost, under the same id', async () => {
    vi.useFakeTimers()
    let lost = 2
    engine.afterCommit = () => {
      if (lost-- > 0) throw new EngineFailure('UNAVAILABLE', 'reset')
    }
    const receipt = create().record({ operation: 'chat' })
    await vi.runAllTimersAsync()
    expect(await receipt).toMatchObject({ outcome: 'DUPLICATE' })
    expect(engine.events).toHaveLength(1)
    expect(engine.batches).toEqual([1, 1, 1])
  })

  it('waits as long as the server asks before it tries again', async () => {
    vi.useFakeTimers()
    let refusals = 1
    engine.before = () => {
      if (refusals-- > 0) throw new EngineFailure('UNAVAILABLE', 'busy', { retryAfterMs: 4_000, nothingDone: true })
    }
    void create({ platform: { random: () => 0 } }).record({ operation: 'chat' })
    await vi.advanceTimersByTimeAsync(3_999)
    expect(engine.events).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(engine.events).toHaveLength(1)
  })

  it('opens the circuit, answers at once that calls are queued, and sends them after a probe succeeds', async () => {
    vi.useFakeTimers()
    let attempts = 0
    engine.before = () => {
      attempts += 1
      down()
    }
    const tollgate = create({ circuitThreshold: 3, retries: 5, circuitOpenMs: 10_000, platform: { random: () => 0.5 } })
    const first = tollgate.record({ operation: 'chat' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await first).toMatchObject({ outcome: 'QUEUED' })
    expect(attempts).toBe(3)
    expect(tollgate.stats()).toMatchObject({ circuit: 'open', queued: 1, retries: 3 })
    expect(await tollgate.record({ operation: 'chat' })).toMatchObject({ outcome: 'QUEUED' })
    expect(attempts).toBe(3)

    engine.before = () => void (attempts += 1)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(engine.events).toHaveLength(2)
    expect(tollgate.stats()).toMatchObject({ circuit: 'closed', queued: 0, accepted: 2, dropped: 0 })
    expect(errors[0]).toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('gives a request up after its time-out, and the receipt after its own', async () => {
    vi.useFakeTimers()
    engine.before = () => new Promise(() => {})
    const tollgate = create({ requestTimeoutMs: 50, waitTimeoutMs: 20, retries: 0 })
    const receipt = tollgate.record({ operation: 'chat' })
    await vi.advanceTimersByTimeAsync(20)
    expect(await receipt).toMatchObject({ outcome: 'QUEUED' })
    await vi.advanceTimersByTimeAsync(30)
    expect(tollgate.stats()).toMatchObject({ failedBatches: 1, queued: 1 })
    expect(errors[0]?.message).toBe('Tollgate did not answer within 50 ms.')
  })

  it('isolates an event that the server refuses, and records the others', async () => {
    const track = engine.track.bind(engine)
    engine.track = (events, call) =>
      events.some(({ operation }) => operation === 'bad') ? Promise.reject(new EngineFailure('REFUSED', 'bad operation')) : track(events, call)
    const receipts = await create({ maxInFlight: 1 }).trackBulk(['a', 'b', 'bad', 'c', 'd', 'e'].map(operation => ({ operation })))
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'ACCEPTED', 'REJECTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED'])
    expect(receipts[2]?.reason).toBe('bad operation')
  })

  it('rejects all calls of a batch at once if the key may not record them', async () => {
    let requests = 0
    engine.before = () => {
      requests += 1
      throw new EngineFailure('FORBIDDEN', 'This key lacks a scope.')
    }
    const receipts = await create({ maxInFlight: 1 }).trackBulk(Array.from({ length: 10 }, () => ({ operation: 'chat' })))
    expect(receipts.every(({ outcome, reason }) => outcome === 'REJECTED' && reason === 'This key lacks a scope.')).toBe(true)
    expect(requests).toBe(2)
  })

  it('keeps calls while the API key is not accepted, and sends them when it is', async () => {
    vi.useFakeTimers()
    engine.before = () => {
      throw new EngineFailure('UNAUTHENTICATED', 'unknown key')
    }
    const tollgate = create()
    expect(await tollgate.record({ operation: 'chat' })).toMatchObject({ outcome: 'QUEUED' })
    engine.before = () => {}
    await vi.advanceTimersByTimeAsync(10_000)
    expect(engine.events).toHaveLength(1)
    expect(tollgate.stats().circuit).toBe('closed')
  })

  describe('when the buffer is full', () => {
    const record = (tollgate: ReturnType<typeof create>, count: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => tollgate.record({ operation: `op${i}` })))

    /** A client whose first two calls wait for an answer, so that the next two fill the buffer. */
    const full = async (options: ClientOptions) => {
      const answer = Promise.withResolvers<void>()
      engine.before = () => answer.promise
      const tollgate = create({ delivery: 'background', bufferSize: 2, maxInFlight: 1, ...options })
      for (const operation of ['sent 1', 'sent 2']) await tollgate.record({ operation })
      const receipts = await record(tollgate, 3)
      answer.resolve()
      await tollgate.flush()
      return { outcomes: receipts.map(({ outcome }) => outcome), recorded: engine.events.slice(2).map(({ operation }) => operation), stats: tollgate.stats() }
    }

    it('drops the newest call by default, and says so', async () => {
      expect(await full({})).toMatchObject({ outcomes: ['QUEUED', 'QUEUED', 'DROPPED'], recorded: ['op0', 'op1'], stats: { dropped: 1 } })
      expect(errors[0]).toMatchObject({ code: 'DROPPED', message: 'A call was not recorded: the buffer is full.' })
    })
    it('drops the oldest call with "drop-oldest"', async () => {
      expect(await full({ whenFull: 'drop-oldest' })).toMatchObject({ recorded: ['op1', 'op2'], stats: { dropped: 1 } })
    })
    it('waits for room with "wait"', async () => {
      const answer = Promise.withResolvers<void>()
      engine.before = () => answer.promise
      const tollgate = create({ delivery: 'background', bufferSize: 2, batchSize: 2, maxInFlight: 1, whenFull: 'wait' })
      const recorded = record(tollgate, 20)
      answer.resolve()
      expect((await recorded).every(({ outcome }) => outcome === 'QUEUED')).toBe(true)
      await tollgate.flush()
      expect(engine.events).toHaveLength(20)
    })
    it('drops a call with "wait" only after its time', async () => {
      vi.useFakeTimers()
      engine.before = () => new Promise(() => {})
      const tollgate = create({ delivery: 'background', bufferSize: 1, batchSize: 1, maxInFlight: 1, whenFull: 'wait', waitTimeoutMs: 500 })
      const recorded = record(tollgate, 3)
      await vi.advanceTimersByTimeAsync(499)
      expect(tollgate.stats().dropped).toBe(0)
      await vi.advanceTimersByTimeAsync(1)
      expect((await recorded).map(({ outcome }) => outcome)).toEqual(['QUEUED', 'QUEUED', 'DROPPED'])
    })
    it('is full by bytes too', async () => {
      const tollgate = create({ delivery: 'background', bufferBytes: 1_024 })
      const receipts = await Promise.all([1, 2, 3].map(() => tollgate.record({ operation: 'x', errorMessage: 'y'.repeat(400) })))
      expect(receipts.map(({ outcome }) => outcome)).toEqual(['QUEUED', 'DROPPED', 'DROPPED'])
    })
  })

  it('corrects a time that the server rejects because the clock of the client is wrong', async () => {
    const track = engine.track.bind(engine)
    let known = false
    engine.clockOffsetMs = () => (known ? -3_600_000 : undefined)
    const nowMs = Date.parse('2026-11-20T13:00:00Z')
    const tollgate = create({ platform: { nowMs: () => nowMs } })
    engine.track = async (events, call) => {
      known = true
      return Date.parse(events[0]?.occurredAt ?? '') > nowMs - 600_000
        ? [{ outcome: 'REJECTED', reason: 'ahead', invalidFields: ['occurredAt'] }]
        : track(events, call)
    }
    expect(await tollgate.record({ operation: 'before the clock is known' })).toMatchObject({ outcome: 'ACCEPTED' })
    expect(await tollgate.record({ operation: 'after' })).toMatchObject({ outcome: 'ACCEPTED' })
    expect(await tollgate.record({ operation: 'given', occurredAt: new Date(nowMs) })).toMatchObject({ outcome: 'REJECTED' })
    expect(engine.events.map(({ occurredAt }) => occurredAt)).toEqual(['2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.000Z'])
  })

  it('drops calls after it was closed, and says how many were not sent in time', async () => {
    engine.before = down
    const tollgate = create({ delivery: 'background', retries: 0 })
    await tollgate.record({ operation: 'chat' })
    await tollgate.close({ timeoutMs: 1 })
    expect(await tollgate.record({ operation: 'chat' })).toMatchObject({ outcome: 'DROPPED' })
    expect(tollgate.stats().dropped).toBe(2)
  })

  it('ignores errors of onError', async () => {
    const tollgate = createTollgate({
      engine,
      onError: () => {
        throw new Error('listener')
      },
    })
    expect(await tollgate.record({ occurredAt: new Date(Number.NaN) })).toMatchObject({ outcome: 'REJECTED' })
  })

  it.each([
    [{ batchSize: 1_001 }, 'batchSize: must be a whole number from 1 to 1000, not 1001'],
    [{ flushIntervalMs: 0.5 }, 'flushIntervalMs: must be a whole number from 0 to 3600000, not 0.5'],
    [{ delivery: 'later' }, 'delivery: must be "wait" or "background", not "later"'],
    [{ whenFull: 'fail' }, 'whenFull: must be "drop-newest" or "drop-oldest" or "wait", not "fail"'],
    [{ whenUnavailable: 'maybe' }, 'whenUnavailable: must be "allow" or "deny", not "maybe"'],
    [{ whenUnavailable: { cost: 'maybe' } }, 'whenUnavailable.cost: must be "allow" or "deny", not "maybe"'],
  ] as [ClientOptions, string][])('rejects options out of bounds: %j', (options, message) => {
    expect(() => create(options)).toThrow(message)
  })

  it.each([
    [{}, 'url: must start with "https://" or "http://", such as "https://tollgate.example.com", not "undefined"'],
    [{ url: 'localhost:4000', apiKey: 'key' }, 'url: must start with "https://" or "http://", such as "https://tollgate.example.com", not "localhost:4000"'],
    [{ url: 'http://localhost:4000' }, 'apiKey: must be an API key of Tollgate. If it comes from an environment variable, check that the variable is set'],
    [{ url: '/tollgate', apiKey: '' }, 'apiKey: must be an API key of Tollgate. If it comes from an environment variable, check that the variable is set'],
  ] as [ServerOptions, string][])('rejects a server that it could never reach: %j', (options, message) => {
    expect(() => createTollgate(options)).toThrow(message)
  })
})

describe('quotas', () => {
  it('returns the decision about one amount or several', async () => {
    const tollgate = create({ defaults: { environment: 'test' } })
    let asked: unknown
    engine.decide = question => {
      asked = question
      return false
    }
    expect(await tollgate.enforceQuota('tokens', 500, { operation: 'chat' })).toMatchObject({ metric: 'TOKENS', allowed: false, refusal: 'OVER_LIMIT' })
    expect(asked).toEqual({ requests: [{ metric: 'TOKENS', amount: '500', operation: 'chat' }], metadata: { environment: 'test' } })
    await tollgate.enforceQuotas([{ metric: 'COST', amount: null }], { consume: true, metadata: { customerId: 'a' }, provider: 'openai', model: 'gpt-5' })
    expect(asked).toMatchObject({
      requests: [{ metric: 'COST', amount: null }],
      metadata: { environment: 'test', customerId: 'a' },
      consume: true,
      idempotencyKey: expect.any(String),
      provider: 'openai',
      model: 'gpt-5',
    })
  })

  describe('fail open or closed as each limit says', () => {
    it.each<{ name: string; options: ClientOptions; call?: 'allow' | 'deny'; request?: 'allow' | 'deny'; allowed: boolean }>([
      { name: 'open by default', options: {}, allowed: true },
      { name: 'the client', options: { whenUnavailable: 'deny' }, allowed: false },
      { name: 'the client, for the metric', options: { whenUnavailable: { tokens: 'deny' } }, allowed: false },
      { name: 'the client, for another metric', options: { whenUnavailable: { cost: 'deny' } }, allowed: true },
      { name: 'the call before the client', options: { whenUnavailable: 'deny' }, call: 'allow', allowed: true },
      { name: 'the request before the call', options: {}, call: 'allow', request: 'deny', allowed: false },
    ])('$name', async ({ options, call, request, allowed }) => {
      engine.before = down
      const decision = await create(options).enforceQuotas(
        [
          { metric: 'requests', amount: 1, whenUnavailable: 'allow' },
          { metric: 'tokens', amount: 5, whenUnavailable: request },
        ],
        {
          whenUnavailable: call,
        },
      )
      expect(decision).toMatchObject({ allowed, degraded: true, results: [{ refusal: null }, { refusal: allowed ? null : 'UNREACHABLE' }] })
    })
    it('after the decision timed out', async () => {
      vi.useFakeTimers()
      engine.before = () => new Promise(() => {})
      const decision = create({ decisionTimeoutMs: 100, whenUnavailable: 'deny' }).enforceQuota('tokens', 1)
      await vi.advanceTimersByTimeAsync(100)
      expect(await decision).toMatchObject({ allowed: false, refusal: 'UNREACHABLE' })
    })
  })

  it('rejects invalid requests instead of failing open', async () => {
    engine.before = () => {
      throw new EngineFailure('REFUSED', 'The amount must be 0 or more.')
    }
    await expect(create().enforceQuota('tokens', -1)).rejects.toThrow('The amount must be 0 or more.')
  })

  it.each([
    [[{ metric: 'bananas', amount: 1 }], {}, 'requests.0.metric: must be "requests", "tokens", "cost", "credits" or "operations", not "bananas"'],
    [[{ metric: 'tokens' }], {}, 'requests.0.amount: is missing'],
    [[{ metric: 'tokens', amount: Number.NaN }], {}, 'requests.0.amount: must be a decimal as text, a Decimal or a number, not "NaN"'],
    [[{ metric: 'tokens', amount: 'many' }], {}, 'requests.0.amount: must be a decimal as text, a Decimal or a number, not "many"'],
    [[{ metric: 'tokens', amount: 1 }], { ttlSeconds: 1.5 }, 'ttlSeconds: must be a whole number of seconds, not 1.5'],
  ] as unknown as [QuotaRequest[], ReserveOptions, string][])(
    'rejects without asking Tollgate what types do not allow: %j',
    async (requests, options, message) => {
      engine.before = () => {
        throw new EngineFailure('UNAVAILABLE', 'Tollgate is away.')
      }
      await expect(create().reserve(requests, options)).rejects.toMatchObject({ code: 'INVALID_INPUT', message })
    },
  )
})

describe('reservations', () => {
  const tokens = [{ metric: 'tokens', amount: 500 }] as const

  it('are refused with an error that can be sent as a 429', async () => {
    engine.decide = () => false
    await expect(create().reserve(tokens)).rejects.toThrow(QuotaExceeded)
    await expect(create().reserve(tokens)).rejects.toMatchObject({ status: 429, retryAfterMs: 1_000 })
  })

  it('are released when their scope ends, unless they have ended', async () => {
    const tollgate = create()
    {
      await using reservation = await tollgate.reserve(tokens)
      expect(reservation.id).toBe('rsv_1')
    }
    {
      await using reservation = await tollgate.reserve(tokens)
      await reservation.settle([{ metric: 'tokens', amount: 431 }])
    }
    {
      await using reservation = await tollgate.reserve(tokens)
      void tollgate.record({ operation: 'chat', reservationId: reservation.id })
    }
    await tollgate.flush()
    expect(engine.reservationCalls).toEqual(['reserve', 'release rsv_1', 'reserve', 'settle rsv_3 431', 'reserve'])
    expect(engine.events).toMatchObject([{ reservationId: 'rsv_5' }])
  })

  it('are released if the call that settles them was lost', async () => {
    const tollgate = create()
    const reservation = await tollgate.reserve(tokens)
    await tollgate.record({ occurredAt: new Date(Number.NaN), reservationId: reservation.id })
    await vi.waitFor(() => expect(engine.reservationCalls).toEqual(['reserve', 'release rsv_1']))
  })

  it('are extended while they are open', async () => {
    vi.useFakeTimers()
    const tollgate = create()
    const reservation = await tollgate.reserve(tokens, { ttlSeconds: 30 })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(engine.reservationCalls).toEqual(['reserve', 'extend rsv_1 30', 'extend rsv_1 30'])
    expect(reservation.expiresAt).toEqual(new Date(30_000))
    await reservation.release()
    await tollgate.reserve(tokens, { ttlSeconds: 30, heartbeat: false })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(engine.reservationCalls.slice(3)).toEqual(['release rsv_1', 'reserve'])
  })

  it('hold nothing and cost nothing if Tollgate does not answer and the limits fail open', async () => {
    engine.before = down
    await using reservation = await create().reserve(tokens)
    expect(reservation).toMatchObject({ id: null, expiresAt: null, decision: { degraded: true } })
    await reservation.extend(60)
    await reservation.settle()
    await expect(create({ whenUnavailable: 'deny' }).reserve(tokens)).rejects.toMatchObject({ decision: { results: [{ refusal: 'UNREACHABLE' }] } })
  })
})

describe('alerts', () => {
  const alert = (cursor: string) => ({ cursor, threshold: '80' }) as never

  it('continue after the last one when the connection was lost', async () => {
    vi.useFakeTimers()
    const seen: string[] = []
    using following = create().onAlert(({ cursor }) => void seen.push(cursor))
    await vi.advanceTimersByTimeAsync(0)
    engine.alert(alert('1'))
    await vi.advanceTimersByTimeAsync(0)
    engine.before = () => {
      engine.before = () => {}
      down()
    }
    engine.alert(alert('2'))
    engine.alert(alert('3'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(seen).toEqual(['1', '2', '3'])
    expect(following.cursor).toBe('3')
    expect(errors).toHaveLength(1)
    following.close()
    engine.alert(alert('4'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(seen).toHaveLength(3)
  })
})

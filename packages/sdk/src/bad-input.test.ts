import { InvalidInput } from '@tollgate/metadata'
// oxlint-disable-next-line no-restricted-imports -- Programs pass Decimals of their own decimal.js.
import { Decimal } from 'decimal.js'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTollgate } from './create-tollgate.ts'
import { requestContext as expressContext } from './express/index.ts'
import { requestContext as fastifyContext } from './fastify/index.ts'
import { meter } from './functions/meter-function.ts'
import { requestContext as honoContext } from './hono/index.ts'
import { withRequestContext as httpContext } from './http/index.ts'
import { withRequestContext as nextContext } from './next/index.ts'
import { fileSpool } from './node/index.ts'
import { type MemoryEngine, memoryEngine } from './testing/memory-engine.ts'
import type { Tollgate } from './tollgate.ts'
import { meterAnthropic } from './wrappers/meter-anthropic.ts'
import { meterBedrock } from './wrappers/meter-bedrock.ts'
import { meterGoogle } from './wrappers/meter-google.ts'
import { meterOpenAI } from './wrappers/meter-openai.ts'
import { tollgateMiddleware } from './wrappers/tollgate-middleware.ts'

let engine: MemoryEngine
let errors: Error[]
let tollgate: Tollgate
beforeEach(() => {
  engine = memoryEngine()
  errors = []
  tollgate = createTollgate({ engine, onError: error => errors.push(error) })
})

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const REQUEST = { metric: 'tokens', amount: 1 }
const RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
const CALLS = {
  createTollgate: [createTollgate, { engine: memoryEngine() }],
  enforceQuota: [input => tollgate.enforceQuota('tokens', 1, input), {}],
  enforceQuotas: [input => tollgate.enforceQuotas([REQUEST as never], input), {}],
  request: [input => tollgate.enforceQuotas([input]), REQUEST],
  reserve: [input => tollgate.reserve([REQUEST as never], input), {}],
  usage: [input => tollgate.usage(input), { range: RANGE }],
  quotaStatus: [input => tollgate.quotaStatus(input), {}],
  wallet: [input => tollgate.wallet(input), {}],
  onAlert: [input => tollgate.onAlert(() => {}, input), {}],
  run: [input => tollgate.run(input, () => {}), {}],
  meter: [input => meter(() => {}, tollgate, input), {}],
  meterOpenAI: [input => meterOpenAI({} as never, tollgate, input), {}],
  meterAnthropic: [input => meterAnthropic({} as never, tollgate, input), {}],
  meterGoogle: [input => meterGoogle({} as never, tollgate, input), {}],
  meterBedrock: [input => meterBedrock({} as never, tollgate, input), {}],
  tollgateMiddleware: [input => tollgateMiddleware(tollgate, input), {}],
  express: [input => expressContext(tollgate, input), {}],
  fastify: [input => fastifyContext(tollgate, input), {}],
  hono: [input => honoContext(tollgate, input), {}],
  http: [input => httpContext(tollgate, () => {}, input), {}],
  next: [input => nextContext(tollgate, () => {}, input), {}],
  fileSpool: [input => fileSpool('/nowhere', input), {}],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

describe('a function of the client', () => {
  it.each<[Operation, field: string, values: readonly unknown[]]>([
    ...(Object.keys(CALLS) as Operation[])
      .filter(operation => operation !== 'run')
      .map((operation): [Operation, string, readonly unknown[]] => [operation, 'consum', [true, null]]),
    ...(['meterOpenAI', 'meterAnthropic', 'meterGoogle', 'meterBedrock', 'tollgateMiddleware'] as const).map(
      (operation): [Operation, string, readonly unknown[]] => [operation, 'reserve', ['always', 5, {}]],
    ),
    ['createTollgate', 'batchSize', ['100', 0, 1.5]],
    ['createTollgate', 'decisionTimeoutMs', ['100', 0, 1.5]],
    ['createTollgate', 'whenUnavailable', ['maybe', 5, true]],
    ['createTollgate', 'onError', ['print', {}]],
    ['createTollgate', 'spool', ['/var/spool']],
    ['enforceQuota', 'consume', ['yes', 1]],
    ['enforceQuota', 'operation', [5, {}]],
    ['enforceQuotas', 'whenUnavailable', ['maybe', 5]],
    ['reserve', 'ttlSeconds', ['60', 1.5]],
    ['reserve', 'heartbeat', ['no', 0]],
    ['usage', 'range', [undefined, null, 'today']],
    ['onAlert', 'after', [5, {}]],
    ['meter', 'operation', [5, {}]],
    ['express', 'metadata', ['acme', {}]],
    ['http', 'trustProxy', ['yes', 1]],
    ['fileSpool', 'maxBytes', ['1 GiB', 0, 1.5]],
  ])('%s names %s if it is wrong', async (operation, field, values) => {
    const [call, input] = CALLS[operation] as readonly [Call, object]
    for (const value of values) {
      const paths = await issuesOf(() => call({ ...input, [field]: value } as never))
      expect(paths).toContain(operation === 'request' || (operation === 'enforceQuota' && field === 'operation') ? `requests.0.${field}` : field)
    }
    expect(engine.batches).toEqual([])
  })

  it.each<[Operation, part: object, path: string]>([
    ['createTollgate', { url: 'https://tollgate.example.com', apiKey: 'key' }, 'engine'],
    ['createTollgate', { platform: { now: () => 0 } }, 'platform.now'],
    ['createTollgate', { whenUnavailable: { tokns: 'deny' } }, 'whenUnavailable.tokns'],
    ['createTollgate', { defaults: { custmerId: 'a' } }, 'metadata.custmerId'],
    ['enforceQuotas', { metadata: { custmerId: 'a' } }, 'metadata.custmerId'],
    ['request', { amount: true }, 'requests.0.amount'],
    ['request', { amount: {} }, 'requests.0.amount'],
    ['usage', { range: { from: 'yesterday', to: RANGE.to } }, 'range.from'],
    ['usage', { range: { from: RANGE.from } }, 'range.to'],
    ['run', { custmerId: 'a' }, 'metadata.custmerId'],
    ['meterOpenAI', { metadata: { custmerId: 'a' } }, 'metadata.custmerId'],
  ])('%s with %j names %s', async (operation, part, path) => {
    const [call, input] = CALLS[operation] as readonly [Call, object]
    expect(await issuesOf(() => call({ ...input, ...part } as never))).toContain(path)
  })
})

it('says that a client cannot be metered', async () => {
  const client = { baseURL: 'https://api.openai.com/v1', get() {}, post() {} }
  expect(await issuesOf(() => meterOpenAI(client as never, tollgate))).toEqual(['client'])
})

describe('a call that is tracked', () => {
  it.each<[field: string, values: readonly unknown[]]>([
    ['modle', ['gpt-5-mini', null]],
    ['operation', [5, {}]],
    ['status', ['success', 5]],
    ['tokens', [5, '5', []]],
    ['units', [5, {}]],
    ['credits', ['', 'much', Number.NaN, true, {}, []]],
    ['latencyMs', ['12', {}]],
    ['estimated', ['yes']],
    ['occurredAt', ['', 'yesterday', '2026-11-20', 5, {}, new Date(Number.NaN)]],
    ['metadata', [5, 'cust_0001', []]],
    ['metadata.custmerId', [{ custmerId: 'a' }]],
  ])('is rejected with the name of %s if it is wrong, and the error is reported', async (path, values) => {
    const [field = ''] = path.split('.')
    for (const value of values) {
      expect(await tollgate.record({ operation: 'chat', [field]: value })).toMatchObject({
        outcome: 'REJECTED',
        reason: expect.stringContaining(`cannot be sent: ${path}: `),
      })
    }
    expect(errors.every(error => error instanceof InvalidInput)).toBe(true)
    expect(errors).toHaveLength(values.length)
  })

  it.each<[name: string, call: () => Promise<unknown>, path: string]>([
    ['trackCompute', () => tollgate.trackCompute({ quantity: 3 } as never), 'operation'],
    ['trackComputeUsage without credits', () => tollgate.trackComputeUsage({ userId: 'u1', actionType: 'sync', credits: null } as never), 'credits'],
    ['trackAiUsage', () => tollgate.trackAiUsage({ userId: 'u1', actionType: 'chat', inputTokens: 1, model: 'm' } as never), 'outputTokens'],
    ['trackComputeUsage', () => tollgate.trackComputeUsage({ user: 'u1', actionType: 'sync', credits: '1' } as never), 'user'],
    ['trackUsage', () => tollgate.trackUsage('chat', 'acme' as never).recordSuccess(), 'metadata'],
    ['recordSuccess', () => tollgate.trackUsage('chat').recordSuccess({ metadata: { custmerId: 'a' } } as never), 'metadata.custmerId'],
    ['recordSuccess with another field', () => tollgate.trackUsage('chat').recordSuccess({ responseTime: 5 } as never), 'responseTime'],
    ['trackBulk', async () => (await tollgate.trackBulk([{ operation: 'chat' }, { metadata: 5 } as never]))[1], 'metadata'],
  ])('by %s never rejects', async (_, call, path) => {
    expect(await call()).toMatchObject({ outcome: 'REJECTED', reason: expect.stringContaining(`${path}: `) })
  })

  it('is recorded without a duration that could not be measured', async () => {
    expect(await tollgate.record({ operation: 'chat', latencyMs: Number.NaN, statusCode: Number.POSITIVE_INFINITY })).toMatchObject({ outcome: 'ACCEPTED' })
    expect(JSON.stringify(engine.events[0])).not.toMatch(/latencyMs|statusCode/)
  })

  it.each(['0.005', new Decimal('0.005'), 0.005])('can have the amount %s', async amount => {
    await tollgate.record({ operation: 'sync', credits: amount, quantity: amount, reportedCost: amount })
    expect(engine.events).toMatchObject([{ credits: '0.005', quantity: '0.005', reportedCost: '0.005' }])
  })

  const instant = Temporal.Instant.from('2026-11-20T09:30:00Z')
  it.each(['2026-11-20T10:30:00+01:00', new Date(instant.epochMilliseconds), instant, instant.toZonedDateTimeISO('Asia/Kolkata')])(
    'can have the time %s',
    async occurredAt => {
      await tollgate.record({ operation: 'sync', occurredAt })
      expect(engine.events.map(event => Temporal.Instant.from(event.occurredAt ?? '').toString())).toEqual([instant.toString()])
    },
  )
})

it('flushes and closes with an option that is wrong, and reports it', async () => {
  expect(await tollgate.flush({ timeout: 5 } as never)).toMatchObject({ queued: 0 })
  expect(await tollgate.close({ timeoutMs: '5' } as never)).toMatchObject({ queued: 0 })
  expect(errors.map(error => (error as InvalidInput).issues.map(({ path }) => path))).toEqual([['timeout'], ['timeoutMs']])
})

async function issuesOf(call: () => unknown): Promise<readonly string[]> {
  const error = await Promise.try(call).then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}

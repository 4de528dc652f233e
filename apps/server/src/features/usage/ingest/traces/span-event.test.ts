import { describe, expect, it } from 'vitest'
import { NOT_TEXT, type Span } from './span.ts'
import { spanEvents } from './span-event.ts'

const TRACE = '5b8efff798038103d269b633813fc60c'
const SPAN = 'eee19b7ec3c1b174'
const span = (attributes: Record<string, unknown>, more: Partial<Span> = {}): Span => ({
  traceId: TRACE,
  spanId: SPAN,
  startNanos: 1_795_000_000_000_000_000n,
  endNanos: 1_795_000_001_250_000_000n,
  isError: false,
  statusMessage: '',
  attributes: { 'gen_ai.operation.name': 'chat', ...attributes },
  resource: {},
  ...more,
})
const inputOf = (attributes: Record<string, unknown>, more: Partial<Span> = {}) => spanEvents(span(attributes, more)).events[0]?.input as any

it('spanEvents makes one event of a model call', () => {
  const attributes = {
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-sonnet-4-5',
    'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
    'gen_ai.usage.input_tokens': 1_303,
    'gen_ai.usage.cache_read.input_tokens': 1_000,
    'gen_ai.usage.cache_write.input_tokens': 300,
    'gen_ai.usage.output_tokens': 60,
  }
  expect(spanEvents(span(attributes))).toEqual({
    events: [
      {
        tenantId: undefined,
        input: {
          idempotencyKey: `otlp:${TRACE}:${SPAN}`,
          operation: 'chat',
          status: 'SUCCESS',
          provider: 'anthropic',
          model: 'claude-sonnet-4-5-20250929',
          occurredAt: '2026-11-18T11:06:41.25Z',
          latencyMs: 1_250,
          tokens: expect.objectContaining({ input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 60 }),
          units: [],
          metadata: { traceId: TRACE },
        },
      },
    ],
  })
})

describe('spanEvents reads', () => {
  it.each<{ name: string; attributes?: Record<string, unknown>; more?: Partial<Span>; input: object }>([
    {
      name: 'older names',
      attributes: { 'gen_ai.system': 'openai', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.prompt_tokens': 100, 'gen_ai.usage.completion_tokens': 7 },
      input: { provider: 'openai', model: 'gpt-4o', tokens: { input: 100, output: 7 } },
    },
    {
      name: 'the older name of cache writes',
      attributes: { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.cache_creation.input_tokens': 30 },
      input: { tokens: { input: 70, cacheWrite5m: 30 } },
    },
    {
      name: 'OpenInference',
      attributes: {
        'gen_ai.operation.name': undefined,
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-4o',
        'llm.provider': 'openai',
        'llm.token_count.prompt': 100,
      },
      input: { operation: 'chat', provider: 'openai', model: 'gpt-4o', tokens: { input: 100 } },
    },
    {
      name: 'the Vercel AI SDK',
      attributes: { 'gen_ai.operation.name': undefined, 'ai.operationId': 'ai.generateText.doGenerate', 'ai.model.id': 'gpt-4o', 'ai.usage.promptTokens': 100 },
      input: { operation: 'chat', model: 'gpt-4o', tokens: { input: 100 } },
    },
    {
      name: 'attribution from the span and its resource',
      attributes: { 'user.id': 'u1', 'session.id': 's1', 'tollgate.feature.id': 'chat', 'gen_ai.response.id': 'resp_1' },
      more: { resource: { 'user.id': 'service account', 'service.name': 'api', 'deployment.environment.name': 'production' } },
      input: {
        metadata: {
          traceId: TRACE,
          customerId: 'u1',
          sessionId: 's1',
          featureId: 'chat',
          environment: 'production',
          attributes: { 'service.name': 'api', 'gen_ai.response.id': 'resp_1' },
        },
      },
    },
    {
      name: 'older names of attribution',
      attributes: { 'enduser.id': 42, 'gen_ai.conversation.id': 'c1', 'session.id': '' },
      more: { resource: { 'deployment.environment': 'staging' } },
      input: { metadata: { customerId: '42', sessionId: 'c1', environment: 'staging' } },
    },
    {
      name: 'its own customer, operation and reservation',
      attributes: { 'user.id': 'u1', 'tollgate.customer.id': 'c1', 'tollgate.operation': 'answer', 'tollgate.reservation.id': 'res_1' },
      input: { operation: 'answer', reservationId: 'res_1', metadata: { customerId: 'c1' } },
    },
    {
      name: 'a failure',
      more: { isError: true, statusMessage: 'no capacity' },
      attributes: { 'error.type': 'Error' },
      input: { status: 'FAILURE', errorMessage: 'no capacity' },
    },
    { name: 'a failure without a status', attributes: { 'error.type': '500' }, input: { status: 'FAILURE', statusCode: 500, errorMessage: '500' } },
    {
      name: 'a message that cannot be stored',
      more: { isError: true, statusMessage: `a\0${'x'.repeat(1_997)}👍` },
      input: { errorMessage: expect.stringMatching(/^a\uFFFDx+\uFFFD$/) },
    },
    {
      name: 'a rate limit by its status code',
      more: { isError: true },
      attributes: { 'http.response.status_code': 429 },
      input: { status: 'RATE_LIMITED', statusCode: 429 },
    },
    { name: 'a rate limit by its name', attributes: { 'error.type': 'openai.RateLimitError' }, input: { status: 'RATE_LIMITED' } },
    { name: 'a success with any status code', attributes: { 'http.response.status_code': 200 }, input: { status: 'SUCCESS', statusCode: 200 } },
  ])('$name', ({ attributes = {}, more = {}, input }) => {
    expect(inputOf(attributes, more)).toMatchObject(input)
  })

  it('no latency of a clock that was set back, and no time of a span that has not ended', () => {
    expect(inputOf({}, { startNanos: 1_795_000_002_000_000_000n })).not.toHaveProperty('latencyMs')
    expect(inputOf({}, { endNanos: 0n })).not.toHaveProperty('occurredAt')
  })

  it('no tokens of a call that reports none, instead of zero', () => {
    expect(inputOf({ 'gen_ai.request.model': 'gpt-5' })).not.toHaveProperty('tokens')
  })

  it('the tenant of the span before that of the resource', () => {
    const more = { resource: { 'tollgate.tenant.id': 'globex' } }
    expect(spanEvents(span({}, more)).events[0]?.tenantId).toBe('globex')
    expect(spanEvents(span({ 'tollgate.tenant.id': 'acme' }, more)).events[0]?.tenantId).toBe('acme')
  })
})

describe('spanEvents says what is wrong with', () => {
  it.each<{ name: string; wrong: Span; events: number; problem: RegExp }>([
    { name: 'counts', wrong: span({ 'gen_ai.usage.input_tokens': 'many' }), events: 1, problem: /gen_ai\.usage\.input_tokens must be a whole number/ },
    { name: 'a trace id of zeros', wrong: span({}, { traceId: '0'.repeat(32) }), events: 0, problem: /trace id/ },
    { name: 'a span id that is too long', wrong: span({}, { spanId: 'a'.repeat(17) }), events: 0, problem: /span id/ },
    { name: 'text that is not UTF-8', wrong: span({ 'gen_ai.request.model': NOT_TEXT }), events: 0, problem: /gen_ai\.request\.model is not valid UTF-8/ },
  ])('$name', ({ wrong, events, problem }) => {
    const read = spanEvents(wrong)
    expect([read.events.length, read.problem]).toEqual([events, expect.stringMatching(problem)])
  })

  it('nothing of a span that is not metered', () => {
    expect(spanEvents(span({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 'many' }, { traceId: '' }))).toEqual({ events: [] })
  })
})

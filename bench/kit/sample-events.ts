import { Temporal } from '@tollgate/kernel'
import type { UsageEventDraft } from '@tollgate/usage'

/** An event as it is sent in JSON. */
type SampleEvent = Omit<UsageEventDraft, 'occurredAt'> & { readonly occurredAt: string }

const MODELS = [
  ['openai', 'gpt-4o'],
  ['openai', 'gpt-4o-mini'],
  ['anthropic', 'claude-sonnet-4-5'],
  ['google', 'gemini-2.5-flash'],
  ['mistral', 'mistral-large-latest'],
] as const

const CUSTOMERS = 20
const FEATURES = ['chat', 'search'] as const

const TRACK = `mutation Track($tenantId: ID!, $events: [UsageEventInput!]!) {
  trackUsage(input: { tenantId: $tenantId, events: $events }) {
    __typename
    ... on TrackUsagePayload { results { outcome } }
    ... on Error { code message }
  }
}`

/** Returns a request that tracks `count` new events of 20 customers, or as many as `customers`, 5 models and 2 features (200 dimension sets). */
export function trackRequest(count: number, from: number, tenantId = 'bench', customers = CUSTOMERS): string {
  return JSON.stringify({ query: TRACK, variables: { tenantId, events: Array.from({ length: count }, (_, index) => sampleEvent(from + index, customers)) } })
}

/** Returns the same event as a draft, for tracking without GraphQL. */
export function trackDraft(number: number, customers = CUSTOMERS): UsageEventDraft {
  const { occurredAt, ...event } = sampleEvent(number, customers)
  return { ...event, occurredAt: Temporal.Instant.from(occurredAt) }
}

/** Returns the number of accepted events in a response. */
export function acceptedIn(answer: string): number {
  return answer.split('"ACCEPTED"').length - 1
}

const FIRST = Date.UTC(2026, 10, 16)
const APART_MS = 20

/** Returns the event with this number. The same number always gives the same event. There are 50 per second from 16 November 2026. */
function sampleEvent(number: number, customers = CUSTOMERS): SampleEvent {
  const [provider, model] = MODELS[number % MODELS.length] ?? MODELS[0]
  const customer = Math.trunc(number / MODELS.length) % customers
  const feature = FEATURES[Math.trunc(number / (MODELS.length * customers)) % FEATURES.length] ?? 'chat'
  return {
    idempotencyKey: `event-${number}`,
    occurredAt: new Date(FIRST + number * APART_MS).toISOString(),
    operation: 'chat_message',
    provider,
    model,
    tokens: { input: 200 + (number % 3_000), output: 50 + (number % 700), cacheRead: number % 4 === 0 ? 1_024 : 0 },
    latencyMs: 100 + ((number * 31) % 4_000),
    statusCode: 200,
    metadata: {
      customerId: `customer-${customer}`,
      organizationId: `organization-${customer % 5}`,
      productId: 'assistant',
      featureId: feature,
      environment: 'production',
    },
  }
}

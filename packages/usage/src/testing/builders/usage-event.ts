import { Decimal, randomIds, Temporal } from '@tollgate/kernel'
import { completeTokenUsage, type TokenUsageInput } from '@tollgate/tokens'
import { payloadHash } from '../../engine/payload-hash.ts'
import type { RatedEvent, RaterResult } from '../../model/event.ts'

/** The fields of an event that a test sets. The others have defaults. */
export interface UsageEventFields extends Partial<Omit<RatedEvent, 'occurredAt' | 'tokens' | 'quantity' | 'reportedCost' | 'rating' | 'payloadHash'>> {
  /** An instant, or RFC 3339. */
  readonly occurredAt?: Temporal.Instant | string
  readonly tokens?: TokenUsageInput | null
  readonly quantity?: string | null
  readonly reportedCost?: string | null
  /** USD; null makes the event unpriced, because its model is unknown. */
  readonly cost?: string | null
  readonly rating?: RaterResult
}

const ids = randomIds()

/** Returns an event that is ready to commit, as `checkEvent` and a rater create it. Defaults to a priced call with a unique key. */
export function usageEvent({
  occurredAt = '2026-03-10T12:00:00Z',
  tokens = { input: 10, output: 5 },
  quantity = null,
  reportedCost = null,
  cost = '0.01',
  rating = cost === null
    ? { state: 'unpriced', cost: null, priceId: null, unpricedReason: 'unknown_model' }
    : { state: 'priced', cost: new Decimal(cost), priceId: null },
  ...fields
}: UsageEventFields = {}): RatedEvent {
  const at = Temporal.Instant.from(occurredAt)
  const event = {
    id: ids.uuidV7(at.epochMilliseconds),
    tenantId: 'acme',
    idempotencyKey: ids.uuidV7(at.epochMilliseconds),
    occurredAtSent: true,
    occurredAt: at,
    recordedAt: Temporal.Instant.from('2026-03-20T00:00:00Z'),
    operation: 'chat_message',
    status: 'success',
    provider: 'openai',
    model: 'gpt-5-mini',
    tokens: tokens && completeTokenUsage(tokens),
    quantity: quantity === null ? null : new Decimal(quantity),
    reportedCost: reportedCost === null ? null : new Decimal(reportedCost),
    latencyMs: null,
    statusCode: null,
    errorMessage: null,
    credits: null,
    description: null,
    resourceType: null,
    resourceId: null,
    metadata: {},
    reservationId: null,
    serviceTier: null,
    units: [],
    speed: null,
    region: null,
    rating: { unpricedReason: null, ...rating },
    ...fields,
  } as const satisfies Omit<RatedEvent, 'payloadHash'>
  return { ...event, payloadHash: payloadHash(event) }
}

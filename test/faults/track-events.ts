import { randomUUID } from 'node:crypto'
import type { Operation } from './line-client.ts'
import type { CallContext } from './call-context.ts'

interface Tracked {
  readonly results: readonly { readonly outcome: string; readonly idempotencyKey: string; readonly reason: string | null }[]
}

const TRACK: Operation<Tracked> = `mutation ($events: [UsageEventInput!]!) { result: trackUsage(input: { events: $events }) {
  ... on TrackUsagePayload { results { outcome idempotencyKey reason } } ... on Error { code } } }`

const REPEATED = 0.05

/** Tokens for which an event is debited one credit. */
export const TOKENS_OF_CREDIT = 1_000

/** Tracks events, and sends some of those that were acknowledged again. */
export async function trackEvents({ tenant, sender, ledger, random }: CallContext, count: number): Promise<void> {
  const round = ledger.round()
  const events = Array.from({ length: count }, () => {
    const tokens = { input: random.between(1, 1_000), output: random.between(0, 100) }
    return {
      idempotencyKey: `${round}-${randomUUID()}`,
      operation: 'chat',
      ...(random.chance(0.5) && { occurredAt: new Date(Date.now() - random.between(0, 7_200_000)).toISOString() }),
      tokens,
      credits: ((tokens.input + tokens.output) / TOKENS_OF_CREDIT).toFixed(3),
      metadata: { customerId: round },
    }
  })
  const body = { query: TRACK, variables: { events } }
  const owed = ledger.of(tenant.id, round)
  const answer = await sender.sendUntilKnown(tenant.key, body, { mayGiveUp: true })
  if (answer === undefined) {
    for (const { idempotencyKey } of events) owed.refusedEvents.add(idempotencyKey)
    return
  }
  for (const { outcome, idempotencyKey, reason } of answer.data.results) {
    const isRight = outcome === 'ACCEPTED' || (outcome === 'DUPLICATE' && answer.mayRepeat)
    if (!isRight) ledger.breach(`Event ${idempotencyKey} was ${outcome} (${reason ?? 'no reason'}).`)
  }
  for (const { idempotencyKey, tokens } of events) owed.events.set(idempotencyKey, tokens.input + tokens.output)

  if (!random.chance(REPEATED)) return
  const again = await sender.sendUntilKnown(tenant.key, body)
  for (const { outcome, idempotencyKey } of again?.data.results ?? [])
    if (outcome !== 'DUPLICATE') ledger.breach(`The acknowledged event ${idempotencyKey} was ${outcome} when it was sent again.`)
}

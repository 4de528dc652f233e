import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Operation } from './line-client.ts'
import type { CallContext } from './call-context.ts'

interface Decided {
  readonly decision: { readonly allowed: boolean; readonly degraded: boolean }
}

/** Asks for amounts of quotas. */
export const ENFORCE: Operation<Decided> = `mutation ($input: EnforceQuotasInput!) { result: enforceQuotas(input: $input) {
  ... on EnforceQuotasPayload { decision { allowed degraded } } ... on Error { code } } }`
const RESERVE: Operation<Decided & { readonly reservation: { readonly id: string } | null }> =
  `mutation ($input: ReserveQuotasInput!) { result: reserveQuotas(input: $input) {
  ... on ReserveQuotasPayload { reservation { id } decision { allowed degraded } } ... on Error { code } } }`
const SETTLE: Operation<{ readonly __typename: string; readonly state?: string }> =
  `mutation ($input: SettleReservationInput!) { result: settleReservation(input: $input) {
  __typename ... on ReservationClosedError { state } ... on Error { code } } }`

/** Longer than the longest fault, so that no hold expires before it is settled. */
export const HOLD_SECONDS = 75

const PAUSE_MS = 200

/** Consumes an amount of a quota: with an idempotency key until the outcome is known, or once from a lease. */
export async function consumeQuota({ tenant, sender, ledger, random }: CallContext, operation: 'take' | 'lease'): Promise<void> {
  const round = ledger.round()
  const amount = random.between(1, 4)
  const quota = ledger.of(tenant.id, round).quotas[operation]
  const idempotencyKey = operation === 'take' ? randomUUID() : undefined
  const input = { consume: true, idempotencyKey, requests: [{ metric: 'OPERATIONS', operation, amount }], metadata: { customerId: round } }
  const body = { query: ENFORCE, variables: { input } }
  for (;;) {
    const reply = await sender.send(tenant.key, body)
    if (reply.kind === 'answer' && !reply.data.decision.degraded) {
      if (reply.data.decision.allowed) quota.admitted += amount
      else quota.smallestRefusal = Math.min(quota.smallestRefusal, amount)
      return
    }
    if (reply.kind === 'answer') checkDegraded(reply.data.decision.allowed, 'deny', { sender, ledger })
    if (operation === 'lease') {
      if (reply.kind !== 'refused') quota.open += amount
      return
    }
    await delay(random.between(PAUSE_MS, 2 * PAUSE_MS))
  }
}

/** Holds an amount, and settles it with less or as much. */
export async function holdAndSettle({ tenant, sender, ledger, random }: CallContext): Promise<void> {
  const round = ledger.round()
  const quota = ledger.of(tenant.id, round).quotas.hold
  const amount = random.between(2, 6)
  const request = { metric: 'OPERATIONS', operation: 'hold' }
  const input = { requests: [{ ...request, amount }], ttlSeconds: HOLD_SECONDS, metadata: { customerId: round } }
  const reply = await sender.send(tenant.key, { query: RESERVE, variables: { input } })
  if (reply.kind === 'unknown') quota.open += amount
  if (reply.kind !== 'answer') return
  const { decision, reservation } = reply.data
  if (decision.degraded) {
    quota.open += amount
    return checkDegraded(decision.allowed, 'deny', { sender, ledger })
  }
  if (!decision.allowed || reservation === null) {
    quota.smallestRefusal = Math.min(quota.smallestRefusal, amount)
    return
  }
  const actual = random.between(0, amount)
  const body = { query: SETTLE, variables: { input: { id: reservation.id, actual: [{ ...request, amount: actual }] } } }
  const settled = await sender.sendUntilKnown(tenant.key, body)
  const isSettled = settled?.data.__typename === 'SettleReservationPayload' || (settled?.mayRepeat === true && settled.data.state === 'SETTLED')
  if (!isSettled) ledger.breach(`Reservation ${reservation.id} could not be settled: ${JSON.stringify(settled?.data)}`)
  quota.admitted += actual
}

/** Asks for a quota of 0, which is allowed during an outage and never else. */
export async function tryClosedQuota({ tenant, sender, ledger }: CallContext): Promise<void> {
  const input = { consume: true, requests: [{ metric: 'CREDITS', amount: 1 }] }
  const reply = await sender.send(tenant.key, { query: ENFORCE, variables: { input } })
  if (reply.kind !== 'answer') return
  const { allowed, degraded } = reply.data.decision
  if (degraded) checkDegraded(allowed, 'allow', { sender, ledger })
  else if (allowed) ledger.breach('A quota of 0 admitted although the database answered.')
}

function checkDegraded(isAllowed: boolean, failureMode: 'allow' | 'deny', { sender, ledger }: Pick<CallContext, 'sender' | 'ledger'>): void {
  if (isAllowed !== (failureMode === 'allow')) ledger.breach(`A quota with storeFailure ${failureMode} decided the opposite during an outage.`)
  if (sender.areAnswersExpected()) ledger.breach('A quota was decided as in an outage after the servers had recovered.')
  ledger.degradedDecisions += 1
}

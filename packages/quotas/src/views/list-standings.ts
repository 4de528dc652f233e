import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { readAmount } from '../policies/check-policy.ts'
import { checkTenant } from '../decisions/check-requests.ts'
import { type Deciding, whileStale } from '../decisions/decide-question.ts'
import { boundsOf } from '../decisions/make-demands.ts'
import { checkFirst, decodeCursor, encodeCursor } from './page-cursor.ts'
import { standingOf } from './quota-standing.ts'
import type { QuotaStandings, StandingsInput } from '../quotas.ts'
import { slotOf } from '../policies/slot.ts'

/** Shows how a tenant's quotas stand, in pages. */
export async function listStandings(deciding: Deciding, input: StandingsInput, nowMs: number): Promise<QuotaStandings> {
  const tenantId = checkTenant(input.tenantId)
  const first = checkFirst(input.first)
  const percent = input.atLeastPercent === undefined ? null : readPercent(input.atLeastPercent)
  const [afterSlot = '', afterValue = ''] = input.after === undefined ? [] : decodeCursor(input.after, 2)
  const only = input.slot && slotOf(input.slot)
  const { store } = deciding
  return whileStale(deciding, { question: { tenantId, requests: [], dimensions: {} }, nowMs }, async policies => {
    const read = await store.read({ tenantId, revision: policies.revision, nowMs, counters: [] })
    if ('kind' in read) return 'stale'
    const wanted = policies
      .inEffect(nowMs)
      .filter(({ slot, limit }) => (only === undefined || slot === only) && slot >= afterSlot && (percent === null || limit !== null))
      .sort((a, b) => (a.slot < b.slot ? -1 : 1))
    const bySlot = new Map(wanted.map(policy => [policy.slot, { policy, bounds: boundsOf(policy, nowMs, policies, deciding) }]))
    const slots = [...bySlot].map(([slot, { policy, bounds }]) => ({
      slot,
      fromMs: bounds.fromMs,
      leastUsed: percent === null ? null : (policy.limit?.times(percent).div(100) ?? null),
      after: slot === afterSlot ? afterValue : null,
    }))
    const found = slots.length === 0 ? [] : await store.readStandings({ tenantId, nowMs, slots, first: first + 1 })
    const standings = found.slice(0, first).flatMap(reading => {
      const known = bySlot.get(reading.slot)
      if (known === undefined) return []
      return [{ ...standingOf(known.policy, reading, known.bounds, nowMs), cursor: encodeCursor(reading.slot, reading.scopeValue) }]
    })
    return { standings, next: found.length > first ? (standings.at(-1)?.cursor ?? null) : null }
  })
}

const MAX_PERCENT = 1_000_000

/** A percentage to compare with. Throws `InvalidInput`. */
export function readPercent(amount: Decimal | string, least = 0): Decimal {
  const percent = readAmount(amount)
  if (percent?.gte(least) === true && percent.lte(MAX_PERCENT)) return percent
  throw new InvalidInput([{ path: 'atLeastPercent', message: `must be a decimal from ${least} to ${MAX_PERCENT}, such as "80"` }])
}

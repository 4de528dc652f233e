import { InvalidInput, round } from '@tollgate/kernel'
import { checkTenant } from './check-requests.ts'
import { remainingOf, resetOf } from './answer-question.ts'
import { type Deciding, whileStale } from './decide-question.ts'
import { boundsOf } from './make-demands.ts'
import type { QuotaPolicy } from './policy.ts'
import type { ScopeReading } from './quota-store.ts'
import type { QuotaStanding, QuotaStatus, StatusInput } from './quotas.ts'

const DEFAULT_FIRST = 100
const MOST_FIRST = 1_000

/** How all quotas of a tenant stand. Tenant-wide ones are always there; scoped ones have a standing for each value that used something. */
export async function quotaStatus(deciding: Deciding, { tenantId, first = DEFAULT_FIRST }: StatusInput, nowMs: number): Promise<QuotaStatus> {
  if (!Number.isInteger(first) || first < 1 || first > MOST_FIRST) {
    throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${MOST_FIRST}, not ${first}` }])
  }
  const { store, counterOf } = deciding
  return whileStale(deciding, { question: { tenantId: checkTenant(tenantId), requests: [], dimensions: {} }, nowMs }, async policies => {
    const { plan, revision } = policies
    const inEffect = policies.inEffect(nowMs).map(policy => ({ policy, bounds: boundsOf(policy, nowMs, policies, deciding) }))
    const whole = inEffect.filter(({ policy }) => policy.scope.length === 0)
    const counters = whole.map(({ policy, bounds }) => counterOf(tenantId, policy, {}, bounds))
    const readings = await store.read({ tenantId, revision, nowMs, counters })
    if ('kind' in readings) return 'stale'
    const quotas = await Promise.all(
      inEffect.map(async ({ policy, bounds }) => {
        const position = whole.findIndex(({ policy: { id } }) => id === policy.id)
        const reading = readings[position]
        const found = reading ? [{ scopeValue: '[]', ...reading }] : await store.readSlot({ tenantId, slot: policy.slot, fromMs: bounds.fromMs, nowMs, first })
        return found.map(one => standing(policy, one, { resetsAt: null, stepMs: policy.stepMs, toMs: bounds.toMs }, nowMs))
      }),
    )
    const standings = quotas.flat()
    return { plan: plan.name, unlisted: plan.unlisted, anyExceeded: standings.some(({ exceeded }) => exceeded), quotas: standings }
  })
}

function standing(policy: QuotaPolicy, reading: ScopeReading, window: Parameters<typeof resetOf>[0], nowMs: number): QuotaStanding {
  const { limit } = policy
  return {
    policy,
    scopeValue: JSON.parse(reading.scopeValue) as (string | null)[],
    limit,
    used: reading.used,
    reserved: reading.reserved,
    remaining: remainingOf(limit, reading),
    percentage: limit === null || limit.isZero() ? null : round(reading.used.times(100).div(limit), { scale: 2, mode: 'down' }),
    exceeded: limit !== null && reading.used.gt(limit),
    resetsAt: resetOf(window, reading.steps, nowMs),
  }
}

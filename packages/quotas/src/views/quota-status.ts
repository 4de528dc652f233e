import { checkTenant } from '../decisions/check-requests.ts'
import { type Deciding, whileStale } from '../decisions/decide-question.ts'
import { boundsOf } from '../decisions/make-demands.ts'
import { checkFirst } from './cursor-page.ts'
import { quotaUsageOf } from './quota-usage.ts'
import type { QuotaStatus, StatusInput } from '../quotas.ts'

/**
 * How all quotas of a tenant stand. Tenant-wide ones are always there; scoped ones have a standing for each value that
 * used something, the most used first: so whether any is exceeded is seen on any page.
 */
export async function quotaStatus(deciding: Deciding, { tenantId, first }: StatusInput, nowMs: number): Promise<QuotaStatus> {
  const most = checkFirst(first)
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
        const found = reading
          ? [{ scopeValue: '[]', ...reading }]
          : await store.readLimit({ tenantId, limitKey: policy.limitKey, fromMs: bounds.fromMs, nowMs, first: most })
        return found.map(one => quotaUsageOf(policy, one, bounds, nowMs))
      }),
    )
    const usage = quotas.flat()
    return { plan: plan.name, unlisted: plan.unlisted, anyExceeded: usage.some(({ exceeded }) => exceeded), quotas: usage }
  })
}

import { adjustForTenant } from './adjust-counters.ts'
import { type IdSource, randomIds, systemClock, type TenantClock, tenantOfScope } from '@tollgate/kernel'
import { clearQuota } from './clear-quota.ts'
import { consume } from './consume.ts'
import { consumeIn } from './consume-in.ts'
import { enforce } from './enforce.ts'
import { rememberQuestions } from './engine/demands/remember-questions.ts'
import { extend } from './extend.ts'
import { grantedReservations } from './granted-reservations.ts'
import { holdLeases } from './hold-leases.ts'
import { hideLeases } from './hide-leases.ts'
import { type LeaseSchedule, timers } from './lease-schedule.ts'
import { listAlerts, listLatestAlerts } from './list-alerts.ts'
import { listHistory } from './list-history.ts'
import { findQuota } from './find-quota.ts'
import { listNearLimits } from './list-near-limits.ts'
import { listOverrides } from './list-overrides.ts'
import { listPlans } from './list-plans.ts'
import { listQuotaUsage } from './list-quota-usage.ts'
import { checkPlan } from './model/check-plan.ts'
import type { PlanDraft } from './model/plan.ts'
import type { PolicyDraft } from './model/policy-draft.ts'
import { rememberCounters } from './model/remember-counters.ts'
import { rememberWindows } from './model/remember-windows.ts'
import type { QuotaRetention } from './model/retention.ts'
import type { StartingPlans } from './model/tenant-policies.ts'
import type { TenantProfile } from './model/tenant-profile.ts'
import { policyCache } from './policy-cache.ts'
import { publishPlan } from './publish-plan.ts'
import type { DecisionCounter } from './decision-counter.ts'
import type { QuotaObserver } from './quota-observer.ts'
import type { QuotaStore } from './quota-store.ts'
import type { Quotas } from './quotas.ts'
import { readReservations } from './read-reservations.ts'
import { readStatus } from './read-status.ts'
import type { RecordedUsage } from './recorded-usage.ts'
import { release } from './release.ts'
import { reserve } from './reserve.ts'
import { setQuota } from './set-quota.ts'
import { settle } from './settle.ts'
import { sweeper } from './sweep.ts'
import type { TenantProfiles } from './tenant-profiles.ts'

/** What quotas work with, and either the same policies for every tenant or a plan for each. */
export type QuotasOptions = {
  readonly store: QuotaStore
  /** Defaults to the system clock. */
  readonly clock?: TenantClock
  readonly ids?: IdSource
  /** Says when to renew leases. Defaults to the timers of the platform. */
  readonly leaseSchedule?: LeaseSchedule
  /** What `sweep` keeps. */
  readonly retention?: QuotaRetention
  /** Usage that was recorded before a counter existed. Without it, new counters start at 0. */
  readonly recordedUsage?: RecordedUsage
  /** Receives what quotas do. */
  readonly observer?: Partial<QuotaObserver>
  /** Counts decisions that need no transaction. Give it to the store too, which counts the others. */
  readonly counter?: Pick<DecisionCounter, 'count'> | undefined
} & (SharedPolicies | PlansByTenant)

/** The same policies for every tenant. Days are UTC days, and billing periods start on the first. */
export interface SharedPolicies {
  readonly policies: readonly PolicyDraft[]
  /** The decision for metrics without a policy. Defaults to `allow`. */
  readonly unlisted?: PlanDraft['unlisted']
}

/** Plans, and the profile of each tenant. */
export interface PlansByTenant {
  readonly plans: readonly PlanDraft[]
  readonly tenants: TenantProfiles
  /** Name of the plan for tenants whose own plan does not exist. Without it, that is the error `UnknownPlan`. */
  readonly fallbackPlan?: string
}

const SHARED_PLAN = 'default'
const SHARED_PROFILE: TenantProfile = { plan: SHARED_PLAN, timeZone: 'UTC', billingAnchorDay: 1 }

/** Creates quotas. Throws `InvalidInput` with everything that is wrong with the policies. */
export function createQuotas(options: QuotasOptions): Quotas {
  const clock: TenantClock = options.clock ?? systemClock
  const { ids = randomIds(), leaseSchedule: schedule = timers, observer = {} } = options
  const nowMs = (tenantId: string | null) => clock.nowMs?.(tenantId) ?? clock.now(tenantId).epochMilliseconds
  // Leases are renewed in real time, which a simulated clock does not follow.
  const mayLease = (tenantId: string) => clock.simulatedTenants?.().includes(tenantId) !== true
  const starting = startingPlansOf(options)
  const profiles: TenantProfiles = 'plans' in options ? options.tenants : () => SHARED_PROFILE
  const leases = holdLeases({ store: options.store, ids, nowMs: () => nowMs(null), mayLease, schedule })
  const store = hideLeases(options.store, leases, { nowMs, schedule })
  const policies = policyCache({ store, profiles, ...starting })
  const finder = { windowOf: rememberWindows(), counterOf: rememberCounters() }
  const deciding = { counters: store, policies, observer, counter: options.counter, ...finder }
  const enforcing = { ...deciding, leases, prepare: rememberQuestions(policies, deciding) }
  const reserving = { ...deciding, granted: grantedReservations(store), ids, nowMs }
  const reading = { ...deciding, usageReader: store }
  const adjusting = { ...finder, ...starting, store, profiles, recordedUsage: options.recordedUsage, nowMs }
  const changing = { store, clock, ids, adjusting }
  const sweep = sweeper(store, options.retention)

  return {
    enforce: input => enforce(enforcing, input, nowMs(input.tenantId)),
    reserve: input => reserve(reserving, input),
    settle: input => settle(reserving, input),
    release: input => release(reserving, input),
    extend: input => extend(reserving, input),
    reservations: (scope, reservationIds) => readReservations(store, scope, reservationIds, nowMs),
    consume: usage => consume(deciding, usage, nowMs(usage.tenantId)),
    consumeIn: (transaction, usages) => consumeIn(deciding, transaction, usages, nowMs),

    status: input => readStatus(reading, input, nowMs(input.tenantId)),
    quota: input => findQuota(deciding, input, nowMs(input.tenantId)),
    usage: input => listQuotaUsage(reading, input, nowMs(input.tenantId)),
    nearLimits: (scope, input = {}) => listNearLimits(reading, scope, input, nowMs(tenantOfScope(scope))),
    history: input => listHistory(store, input, nowMs(input.tenantId)),

    setQuota: input => setQuota(changing, input),
    clearQuota: input => clearQuota(changing, input),
    overrides: input => listOverrides(store, input),
    plans: () => listPlans(store, starting.plans),
    publishPlan: (input, transaction) => publishPlan(changing, input, transaction),
    tenantChanged: (tenantId, transaction, previous) => store.tenantChanged(tenantId, transaction, adjustForTenant(adjusting, tenantId, previous)),

    alerts: (scope, query) => listAlerts(store, scope, query),
    latestAlerts: (scope, query) => listLatestAlerts(store, scope, query),
    lastAlertCursor: () => store.lastAlertCursor(),
    sweep: () => sweep(nowMs(null), clock.simulatedTenants?.() ?? []),
    stop: () => leases.stop(),
  }
}

function startingPlansOf(options: SharedPolicies | PlansByTenant): StartingPlans {
  if ('plans' in options) return { plans: options.plans.map(plan => checkPlan(plan)), fallbackPlan: options.fallbackPlan }
  const { policies, unlisted = 'allow' } = options
  return { plans: [checkPlan({ name: SHARED_PLAN, policies, unlisted })], fallbackPlan: undefined }
}

import { adjustForTenant } from './adjust-counters.ts'
import { type IdSource, InvalidInput, type Issue, randomIds, type Scope, systemClock, type TenantClock, tenantOfScope } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape } from '@tollgate/kernel/input'
import { clearQuota } from './clear-quota.ts'
import { consume } from './consume.ts'
import { consumeIn } from './consume-in.ts'
import { enforce, type EnforceInput } from './enforce.ts'
import { rememberQuestions } from './engine/demands/remember-questions.ts'
import { extend } from './extend.ts'
import { grantedReservations } from './granted-reservations.ts'
import { holdLeases } from './hold-leases.ts'
import { hideLeases } from './hide-leases.ts'
import { INPUTS, isUsualEnforce } from './input-shapes.ts'
import { type LeaseSchedule, timers } from './lease-schedule.ts'
import { listAlerts, listLatestAlerts } from './list-alerts.ts'
import { listHistory } from './list-history.ts'
import { findQuota } from './find-quota.ts'
import { listNearLimits } from './list-near-limits.ts'
import { listOverrides } from './list-overrides.ts'
import { listPlans } from './list-plans.ts'
import { listQuotaUsage } from './list-quota-usage.ts'
import { checkPlan } from './model/policies/check-plan.ts'
import type { PlanDraft, QuotaPlan } from './model/policies/plan.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'
import { rememberCounters } from './model/counters/remember-counters.ts'
import { rememberWindows } from './model/limits/remember-windows.ts'
import type { QuotaRetention } from './model/retention.ts'
import type { StartingPlans } from './model/policies/tenant-policies.ts'
import type { TenantProfile } from './model/policies/tenant-profile.ts'
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
  checkOptions(options)
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
  const enforceUnusual = checkedInput(INPUTS.enforce, (input: EnforceInput) => enforce(enforcing, input, nowMs(input.tenantId)))
  const nearLimits = (scope: Scope) => checkedInput(INPUTS.nearLimits, input => listNearLimits(reading, scope, input, nowMs(tenantOfScope(scope))))

  return {
    enforce: input => (isUsualEnforce(input) ? enforce(enforcing, input, nowMs(input.tenantId)) : enforceUnusual(input)),
    reserve: checkedInput(INPUTS.reserve, input => reserve(reserving, input)),
    settle: checkedInput(INPUTS.settle, input => settle(reserving, input)),
    release: checkedInput(INPUTS.release, input => release(reserving, input)),
    extend: checkedInput(INPUTS.extend, input => extend(reserving, input)),
    reservations: (scope, reservationIds) => readReservations(store, scope, reservationIds, nowMs),
    consume: checkedInput(INPUTS.consume, usage => consume(deciding, usage, nowMs(usage.tenantId))),
    consumeIn: (transaction, usages) => consumeIn(deciding, transaction, usages, nowMs),

    status: checkedInput(INPUTS.status, input => readStatus(reading, input, nowMs(input.tenantId))),
    quota: checkedInput(INPUTS.quota, input => findQuota(deciding, input, nowMs(input.tenantId))),
    usage: checkedInput(INPUTS.usage, input => listQuotaUsage(reading, input, nowMs(input.tenantId))),
    nearLimits: (scope, input = {}) => nearLimits(scope)(input),
    history: checkedInput(INPUTS.history, input => listHistory(store, input, nowMs(input.tenantId))),

    setQuota: checkedInput(INPUTS.setQuota, input => setQuota(changing, input)),
    clearQuota: checkedInput(INPUTS.clearQuota, input => clearQuota(changing, input)),
    overrides: checkedInput(INPUTS.overrides, input => listOverrides(store, input)),
    plans: () => listPlans(store, starting.plans),
    publishPlan: (input, transaction) => checkedInput(INPUTS.publishPlan, () => publishPlan(changing, input, transaction))(input),
    tenantChanged: (tenantId, transaction, previous) => store.tenantChanged(tenantId, transaction, adjustForTenant(adjusting, tenantId, previous)),

    alerts: (scope, query) => checkedInput(INPUTS.alerts, () => listAlerts(store, scope, query))(query),
    latestAlerts: (scope, query) => checkedInput(INPUTS.latestAlerts, () => listLatestAlerts(store, scope, query))(query),
    lastAlertCursor: () => store.lastAlertCursor(),
    sweep: () => sweep(nowMs(null), clock.simulatedTenants?.() ?? []),
    stop: () => leases.stop(),
  }
}

const OPTIONS = inputShape<QuotasOptions & Partial<SharedPolicies> & Partial<PlansByTenant>>({
  store: 'object',
  clock: 'object?',
  ids: 'object?',
  leaseSchedule: 'object?',
  retention: 'object?',
  recordedUsage: 'anything?',
  observer: 'object?',
  counter: 'object?',
  policies: 'list?',
  unlisted: 'text?',
  plans: 'list?',
  tenants: 'function?',
  fallbackPlan: 'text?',
})

/** Which options go together, which the compiler knows and a program in JavaScript does not. */
function checkOptions(options: QuotasOptions): void {
  checkShape(OPTIONS, options)
  const { policies, unlisted, plans, tenants, fallbackPlan } = options as Partial<SharedPolicies> & Partial<PlansByTenant>
  const issues: Issue[] = []
  if (policies === undefined && plans === undefined)
    issues.push({ path: 'policies', message: 'is missing: give policies for all tenants, or plans and tenants' })
  if (policies !== undefined && plans !== undefined) issues.push({ path: 'plans', message: 'cannot be combined with policies, which are for all tenants' })
  if (plans !== undefined && tenants === undefined) issues.push({ path: 'tenants', message: 'is missing: with plans, it returns the plan of a tenant' })
  if (plans === undefined && tenants !== undefined) issues.push({ path: 'tenants', message: 'needs plans' })
  if (plans === undefined && fallbackPlan !== undefined) issues.push({ path: 'fallbackPlan', message: 'needs plans' })
  if (plans !== undefined && unlisted !== undefined) issues.push({ path: 'unlisted', message: 'belongs to each plan, if there are plans' })
  if (issues.length > 0) throw new InvalidInput(issues)
}

/** Names the plan in the problems of its fields. */
function checkPlanAt(path: string, plan: PlanDraft): QuotaPlan {
  try {
    return checkPlan(plan)
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(error.issues.map(issue => ({ ...issue, path: `${path}.${issue.path}` }))) : error
  }
}

function startingPlansOf(options: SharedPolicies | PlansByTenant): StartingPlans {
  if ('plans' in options) return { plans: options.plans.map((plan, i) => checkPlanAt(`plans.${i}`, plan)), fallbackPlan: options.fallbackPlan }
  const { policies, unlisted = 'allow' } = options
  return { plans: [checkPlan({ name: SHARED_PLAN, policies, unlisted })], fallbackPlan: undefined }
}

import { type Clock, type IdSource, InvalidInput, randomIds, systemClock } from '@tollgate/kernel'
import { checkPolicy } from './policies/check-policy.ts'
import { checkQuestion, checkTenant } from './decisions/check-requests.ts'
import { checkAlertsQuery } from './alerts/check-alerts-query.ts'
import { consumeUsage, consumeUsageIn } from './consumption/consume-usage.ts'
import { rememberCounters } from './counters/counter.ts'
import { decideQuestion } from './decisions/decide-question.ts'
import { knownReservations } from './reservations/known-reservations.ts'
import { leaseHolder } from './leases/lease-holder.ts'
import { type LeaseSchedule, timers } from './leases/lease-schedule.ts'
import { leasingStore } from './leases/leasing-store.ts'
import { listHistory } from './views/list-history.ts'
import { listOverrides } from './policies/list-overrides.ts'
import { listNearLimits } from './views/list-near-limits.ts'
import { listQuotaUsage } from './views/list-quota-usage.ts'
import { makeReservation } from './reservations/make-reservation.ts'
import { openForOverride, openForPlan, openForTenant } from './openings/open-counters.ts'
import { checkPlan, type PlanDraft } from './policies/plan.ts'
import type { PolicyDraft } from './policies/policy-draft.ts'
import { quotaStatus } from './views/quota-status.ts'
import type { QuotaStore } from './quota-store.ts'
import { rememberQuestions } from './decisions/remember-questions.ts'
import { rememberWindows } from './windows/quota-window.ts'
import type { Quotas } from './quotas.ts'
import { type QuotaRetention, sweepQueries } from './retention.ts'
import { limitKeyOf } from './policies/limit-key.ts'
import { policySource, type TenantProfile, type TenantProfiles } from './policies/tenant-policies.ts'
import { readReservations } from './reservations/read-reservations.ts'
import { reservationDetails } from './reservations/reservation-details.ts'
import { takeQuestion } from './decisions/take-question.ts'
import type { RecordedUsage } from './openings/usage-so-far.ts'
import { extendReservation, releaseReservation, settleReservation } from './reservations/use-reservation.ts'

/** What quotas work with: policies that are the same for every tenant, or plans and who has which. */
export type QuotasOptions = {
  readonly store: QuotaStore
  /** The machine's where it is left out. */
  readonly clock?: Clock
  readonly ids?: IdSource
  /** What renews leases; the machine's timers where it is left out. */
  readonly leaseSchedule?: LeaseSchedule
  /** What `sweep` keeps. */
  readonly keep?: QuotaRetention
  /** What was used before anything counted it. Where it is left out, a new limit key counts from when it was set. */
  readonly recordedUsage?: RecordedUsage
} & (PoliciesForAll | PlansByTenant)

/** One set of policies for every tenant. Days are those of UTC, billing periods start on the first. */
export interface PoliciesForAll {
  readonly policies: readonly PolicyDraft[]
  /** What becomes of metrics that no policy is for; `allow` where it is left out. */
  readonly unlisted?: PlanDraft['unlisted']
}

/** Plans, and the plan and the calendar of each tenant. */
export interface PlansByTenant {
  readonly plans: readonly PlanDraft[]
  readonly tenants: TenantProfiles
  /** The plan of tenants whose own nobody described. Where it is left out, that is an error: `UnknownPlan`. */
  readonly fallbackPlan?: string
}

const PLAN_FOR_ALL = 'default'

/** Makes quotas. Throws `InvalidInput` where a policy cannot be taken as it is, naming every field that is wrong. */
export function createQuotas(options: QuotasOptions): Quotas {
  const { clock = systemClock, ids = randomIds(), leaseSchedule = timers } = options
  const nowMs = () => clock.nowMs?.() ?? clock.now().epochMilliseconds
  const described = plansOf(options)
  const holding = { store: options.store, ids, nowMs, schedule: leaseSchedule }
  const leases = leaseHolder(holding)
  const store = leasingStore(holding, leases)
  const policies = policySource({
    store,
    plans: described,
    profiles: profilesOf(options),
    fallbackPlan: 'plans' in options ? options.fallbackPlan : undefined,
  })
  const deciding = { store, policies, windowOf: rememberWindows(), counterOf: rememberCounters() }
  const opening = options.recordedUsage && { ...deciding, recordedUsage: options.recordedUsage, nowMs }
  const sweepQuery = sweepQueries(options.keep)
  const taking = { ...deciding, leases, asked: rememberQuestions(policies, deciding) }
  const reserving = { ...deciding, known: knownReservations(), nowMs }

  return {
    enforce: input =>
      input.consume === true
        ? takeQuestion(taking, input, nowMs())
        : refusing(() => decideQuestion(deciding, { question: checkQuestion(input), nowMs: nowMs(), take: 'nothing', reservation: null })),

    reserve: ({ ttlSeconds, ...input }) =>
      refusing(async () => {
        const question = checkQuestion(input)
        const now = nowMs()
        const reservation = makeReservation(question, ids.uuidV7(now), now, ttlSeconds)
        const { allowed, degraded, results } = await decideQuestion(deciding, { question, nowMs: now, take: 'hold', reservation })
        if (!allowed) return { allowed, degraded, results, reservation: null }
        reserving.known.add({ reservation, held: !degraded })
        return { allowed, degraded, results, reservation: reservationDetails({ reservation, closed: null, expiresAtMs: reservation.expiresAtMs }, now) }
      }),

    settle: input => settleReservation(reserving, input),
    release: input => releaseReservation(reserving, input),
    extend: input => extendReservation(reserving, input),
    reservations: (scope, reservationIds) => readReservations(store, scope, reservationIds, nowMs()),
    consume: usage => consumeUsage(deciding, usage, nowMs()),
    consumeIn: (transaction, usages) => consumeUsageIn(deciding, transaction, usages, nowMs()),
    status: input => quotaStatus(deciding, input, nowMs()),
    usage: input => listQuotaUsage(deciding, input, nowMs()),
    nearLimits: (scope, input = {}) => listNearLimits(deciding, scope, input, nowMs()),
    history: input => listHistory(store, input, nowMs()),

    async setQuota({ tenantId, setBy = null, ...draft }) {
      const now = clock.now().round('microsecond') // As it is stored.
      const id = ids.uuidV7(now.epochMilliseconds)
      const checked = checkPolicy(draft, { id, source: 'override', setBy })
      if ('issues' in checked) throw new InvalidInput(checked.issues)
      const override = { id, tenantId: checkTenant(tenantId), limitKey: checked.policy.limitKey, policy: checked.policy, setBy, setAt: now }
      await store.addOverride(override, opening && openForOverride(opening, override))
      return override
    },
    async clearQuota({ tenantId, setBy = null, ...limitKey }) {
      const now = clock.now().round('microsecond') // As it is stored.
      const override = {
        id: ids.uuidV7(now.epochMilliseconds),
        tenantId: checkTenant(tenantId),
        limitKey: limitKeyOf(limitKey),
        policy: null,
        setBy,
        setAt: now,
      }
      await store.addOverride(override, opening && openForOverride(opening, override))
      return override
    },
    overrides: input => listOverrides(store, input),
    async plans() {
      const published = await store.plans()
      const byName = new Map([...described, ...published].map(plan => [plan.name, plan]))
      return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    async publishPlan({ setBy = null, ...draft }) {
      const plan = checkPlan(draft, setBy)
      await store.publishPlan(plan, opening && openForPlan(opening, plan))
      return plan
    },
    tenantChanged: (tenantId, transaction, before) => store.tenantChanged(tenantId, transaction, opening && openForTenant(opening, tenantId, before)),

    alerts: (scope, query) => refusing(() => store.alerts(scope, checkAlertsQuery(query))),
    lastAlertCursor: () => store.lastAlertCursor(),
    sweep: () => store.sweep(sweepQuery(nowMs())),
    stop: () => leases.stop(),
  }
}

/** Throws from inside the promise: whoever calls has one way to fail. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  return work()
}

function plansOf(options: PoliciesForAll | PlansByTenant) {
  if ('plans' in options) return options.plans.map(plan => checkPlan(plan))
  return [checkPlan({ name: PLAN_FOR_ALL, policies: options.policies, unlisted: options.unlisted ?? 'allow' })]
}

function profilesOf(options: PoliciesForAll | PlansByTenant): TenantProfiles {
  const forAll: TenantProfile = { plan: PLAN_FOR_ALL, timeZone: 'UTC', billingAnchorDay: 1 }
  return 'plans' in options ? options.tenants : () => forAll
}

import { type AuditEntryDraft, billingAudit, trialAudit } from '@tollgate/audit'
import type { BillingPlan, PlanStore, Subscription, SubscriptionStore } from '@tollgate/invoicing'
import { auditSnapshot, changedFields } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { withoutCouponCodes } from '../../audited-changes/without-coupon-codes.ts'
import { SubscriptionId } from './ids.ts'

/** Records who published plans. */
export function auditedPlans({ store, open, changes }: AuditedStore<PlanStore>): PlanStore {
  return {
    ...unaudited(store, 'all'),
    add: (plan, alongside) =>
      changes.record({
        change: database => open(database).add(plan, alongside),
        events: added => [billingAudit.planPublished(null, added.key, planSnapshot(added))],
      }),
  }
}

function planSnapshot({ name: _name, key: _key, ...plan }: BillingPlan) {
  return auditSnapshot(withoutCouponCodes(JSON.parse(JSON.stringify(plan))) as object)
}

/** Records who changed subscriptions, and what became due in them. */
export function auditedSubscriptions({ store, open, changes }: AuditedStore<SubscriptionStore>): SubscriptionStore {
  return {
    ...unaudited(store, 'ofTenant', 'ofTenants', 'due', 'page'),
    add: (subscription, alongside) =>
      changes.record({
        change: database => open(database).add(subscription, alongside),
        events: added => (added ? [billingAudit.subscribed(subscription.tenantId, idOf(subscription), snapshotOf(subscription))] : []),
      }),
    async update(subscription, alongside) {
      const { updated } = await changes.record({
        async change(database) {
          const opened = open(database)
          const before = (await opened.ofTenant(subscription.tenantId)).find(({ id }) => id === subscription.id)
          return { before, updated: await opened.update(subscription, alongside) }
        },
        events: ({ before, updated: isUpdated }) => (before === undefined || !isUpdated ? [] : changeEvents(before, subscription)),
      })
      return updated
    },
  }
}

function changeEvents(before: Subscription, after: Subscription): AuditEntryDraft[] {
  const { tenantId } = after
  const change = changedFields(snapshotOf(before), snapshotOf(after)) ?? {}
  const isCancelled = after.cancelsAt !== null && (before.cancelsAt === null || !before.cancelsAt.equals(after.cancelsAt))
  const event = isCancelled ? billingAudit.subscriptionCancelled : billingAudit.subscriptionChanged
  return [event(tenantId, idOf(after), change), ...trialEvents(before, after)]
}

/** Returns the events of a trial that was extended, became an active subscription, or expired. */
function trialEvents(before: Subscription, after: Subscription): AuditEntryDraft[] {
  const { tenantId, status, trialEndsAt } = after
  if (before.status !== 'trialing') return []
  if (status === 'expired') return [trialAudit.expired(tenantId)]
  if (status === 'active') return [trialAudit.upgraded(tenantId, planAt(before), planAt(after))]
  if (status !== 'trialing' || trialEndsAt === null || before.trialEndsAt === null) return []
  const days = trialEndsAt.since(before.trialEndsAt).total('hours') / 24
  return days > 0 ? [trialAudit.extended(tenantId, days, trialEndsAt)] : []
}

function planAt({ phases, advancedTo }: Subscription): string {
  return phases.findLast(({ from }) => from.epochNanoseconds <= advancedTo.epochNanoseconds)?.plan.key ?? ''
}

function snapshotOf({ id: _id, tenantId: _tenantId, advancedTo: _advancedTo, phases, ...subscription }: Subscription) {
  return auditSnapshot({ ...subscription, phases: phases.map(({ from, to, state, plan, seats }) => ({ from, to, state, plan: plan.key, seats })) })
}

function idOf({ tenantId, id }: Subscription): string {
  return SubscriptionId.encode(`${tenantId}:${id}`)
}

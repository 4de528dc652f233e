import type { Tenant, TenantStore } from '@tollgate/accounts'
import type { ChargeRules } from '@tollgate/charges'
import type { Credits } from '@tollgate/credits'
import { type BillingPlan, type PlanChange, type PlanEffects, type PlanInEffect, TIER_AFTER_END, tierOf } from '@tollgate/invoicing'
import { NotFound, OPERATOR_SCOPE, Temporal, type Transaction } from '@tollgate/kernel'
import { joinTransaction, type PostgresDatabase, postgresTransaction } from '@tollgate/postgres'
import type { PlanDraft, Quotas } from '@tollgate/quotas'
import { allowanceOf, endedAllowanceOf } from './plan-allowance.ts'
import { quotaPlanOf } from './plan-quotas.ts'

/** The services that plans have effects on. */
export interface AffectedServices {
  readonly tenants: Pick<TenantStore, 'update'>
  readonly chargeRules: Pick<ChargeRules, 'publish'>
  readonly credits: Pick<Credits, 'setAllowance'>
}

/** What `planEffects` needs. */
export interface PlanEffectsOptions {
  /** Opens the services on the database of a transaction. */
  readonly open: (database: PostgresDatabase) => AffectedServices
  readonly quotas: Pick<Quotas, 'plans'>
  /** Publishes a quota plan and records it, as part of the transaction. */
  readonly publishQuotas: (plan: PlanDraft, transaction: Transaction) => Promise<void>
  /** Tells quotas of an updated tenant, as part of the transaction. */
  readonly tenantChanged: (before: Tenant, transaction: Transaction) => Promise<void>
}

/** Rules of a plan apply to all usage of its subscribers, so they are in effect from the beginning. */
const BEGINNING = Temporal.Instant.from('2000-01-01T00:00:00Z')

/** Gives effect to plans in the packages that keep tiers, quotas, charge rules and credits, in the transaction of the change. */
export function planEffects({ open, quotas, publishQuotas, tenantChanged }: PlanEffectsOptions): PlanEffects {
  const openIn = (transaction: Transaction) => open(joinTransaction(postgresTransaction(transaction)).database)

  async function quotasOf(plan: BillingPlan): Promise<PlanDraft | undefined> {
    return plan.quotas === null ? quotasOfVersionBefore(plan) : quotaPlanOf(plan.key, plan.quotas)
  }

  async function quotasOfVersionBefore({ name, version, key }: BillingPlan): Promise<PlanDraft | undefined> {
    if (version === 1) return undefined
    const before = version === 2 ? name : `${name}@${version - 1}`
    const plan = (await quotas.plans()).find(one => one.name === before)
    return plan && { ...plan, name: key }
  }

  return {
    async planPublished(plan, transaction) {
      const { chargeRules } = openIn(transaction)
      for (const { name, terms } of plan.usageCharges) {
        await chargeRules.publish(OPERATOR_SCOPE, { name: `${plan.key}/${name}`, plan: plan.key, from: BEGINNING, terms })
      }
      const quotaPlan = await quotasOf(plan)
      if (quotaPlan !== undefined) await publishQuotas(quotaPlan, transaction)
    },

    async planChanged(change, transaction) {
      const services = openIn(transaction)
      // In the order in which usage locks them: first the wallet, then the quotas.
      await setAllowances(services.credits, change)
      await setTier(services.tenants, tenantChanged, change)
    },
  }
}

async function setTier(
  tenants: AffectedServices['tenants'],
  tenantChanged: PlanEffectsOptions['tenantChanged'],
  { subscription, after }: PlanChange,
): Promise<void> {
  const { tenantId, anchorDay: billingAnchorDay } = subscription
  const tier = after === null ? TIER_AFTER_END : tierOf({ state: after.state, plan: after.plan })
  const updated = await tenants.update(tenantId, {
    apply: tenant => ({ ...tenant, tier, billingAnchorDay }),
    afterwards: tenantChanged,
  })
  if (updated === undefined) throw new NotFound('tenant', tenantId)
}

async function setAllowances(credits: AffectedServices['credits'], { subscription, before, after }: PlanChange): Promise<void> {
  const [old, next] = [planWithAllowance(before), planWithAllowance(after)]
  if (old?.key === next?.key) return
  if (old !== undefined) await credits.setAllowance(endedAllowanceOf(subscription, old))
  if (next !== undefined) await credits.setAllowance(allowanceOf(subscription, next))
}

/** Returns the plan if it gives credits at the time. A paused one gives none. */
function planWithAllowance(one: PlanInEffect | null): BillingPlan | undefined {
  return one === null || one.state === 'paused' || one.plan.creditAllowance === null ? undefined : one.plan
}

import type { Accounts, Tenant } from '@tollgate/accounts'
import type { Audit } from '@tollgate/audit'
import { createChargeRules } from '@tollgate/charges'
import { createCredits } from '@tollgate/credits'
import { postgresCreditStore } from '@tollgate/credits/postgres'
import { createPlans, createSubscriptions, type Plans, type Subscriptions } from '@tollgate/invoicing'
import { postgresPlanStore, postgresSubscriptionStore } from '@tollgate/invoicing/postgres'
import { type Encryption, type IdSource, OPERATOR_SCOPE, type TenantClock, type Transaction } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Quotas } from '@tollgate/quotas'
import { currentOrigin } from './audited-changes/audit-origin.ts'
import { type ChangeRecorder, changeRecorder } from './audited-changes/change-recorder.ts'
import { accountStore, chargeRuleStore } from './compose-stores.ts'
import { auditedPlans, auditedSubscriptions } from './features/billing/audited-subscription-stores.ts'
import { checkPlanQuotas } from './features/billing/plan-effects/plan-quotas.ts'
import { keepSubscriberTier } from './features/billing/plan-effects/subscriber-tier.ts'
import { type AffectedServices, planEffects } from './features/billing/plan-effects/server-plan-effects.ts'
import { quotaPlanPublished } from './features/quotas/audited-quota-store.ts'
import { type ReadTenants, tenantProfile } from './features/quotas/tenant-profiles.ts'
import { auditedCredits } from './features/credits/audited-credit-store.ts'

/** What plans and subscriptions are composed of. */
interface SubscriptionOptions {
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  readonly audit: Audit
  readonly quotas: Quotas
  readonly accounts: Pick<Accounts, 'tenantsByIds'>
  readonly encryption: Encryption
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** The services for plans and subscriptions. */
interface PlansAndSubscriptions {
  readonly billingPlans: Plans
  readonly subscriptions: Subscriptions
}

/** Composes plans and subscriptions over PostgreSQL. */
export function composeSubscriptions(options: SubscriptionOptions): PlansAndSubscriptions {
  const { database, changes, audit, quotas, accounts, clock, ids } = options
  const effects = planEffects({
    open: on => openAffected(on, options),
    quotas,
    async publishQuotas(plan, transaction) {
      const { tenantId, event } = quotaPlanPublished(await quotas.publishPlan(plan, transaction))
      await audit.recordIn(transaction, [{ tenantId, event: { ...currentOrigin(), ...event } }])
    },
    tenantChanged: (before, transaction) => quotas.tenantChanged(before.id, transaction, tenantProfile(before)),
  })
  const plans = auditedPlans({ store: postgresPlanStore(database), open: postgresPlanStore, changes })
  return {
    billingPlans: createPlans({ store: plans, effects, clock, checkQuotas: checkPlanQuotas }),
    subscriptions: createSubscriptions({
      store: auditedSubscriptions({ store: postgresSubscriptionStore(database), open: postgresSubscriptionStore, changes }),
      plans,
      tenants: { find: async id => (await accounts.tenantsByIds(OPERATOR_SCOPE, [id]))[0] },
      effects,
      clock,
      ids,
    }),
  }
}

/** Opens what plans have effects on, on the database of a transaction. */
function openAffected(on: PostgresDatabase, { audit, encryption, clock, ids }: SubscriptionOptions): AffectedServices {
  const changes = changeRecorder({ database: on, audit })
  const open = (database: PostgresDatabase) => postgresCreditStore({ database, ids })
  return {
    tenants: accountStore({ database: on, reserved: on, changes, encryption }).tenants,
    chargeRules: createChargeRules({ store: chargeRuleStore({ database: on, reserved: on, changes }), clock, ids }),
    credits: createCredits({ store: auditedCredits({ store: open(on), open, changes }), clock, ids }),
  }
}

/** Returns what runs in the transaction that updates a tenant: quotas follow it, and what its subscription decides stays. */
export function tenantUpdated({ quotas, read, clock }: { readonly quotas: Quotas; readonly read: ReadTenants; readonly clock: TenantClock }) {
  return async (before: Tenant, transaction: Transaction): Promise<void> => {
    await keepSubscriberTier({ read, clock }, before, transaction)
    await quotas.tenantChanged(before.id, transaction, tenantProfile(before))
  }
}

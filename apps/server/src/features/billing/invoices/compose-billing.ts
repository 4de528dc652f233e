import type { ChargesDependencies } from '@tollgate/charges'
import type { Credits } from '@tollgate/credits'
import {
  type Billing,
  type BillingDependencies,
  type BillingRuns,
  createBilling,
  createBillingRuns,
  explainedUsage,
  type InvoiceStore,
  taxTable,
} from '@tollgate/invoicing/billing'
import {
  postgresBillableSubscriptions,
  postgresBillingRuns,
  postgresBillingSettings,
  postgresExchangeRates,
  postgresPlanStore,
} from '@tollgate/invoicing/postgres'
import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from '../../../audited-changes/change-recorder.ts'
import { auditedBillingRuns } from './audited-billing-runs.ts'
import { addBillingRun } from './billing-run-job.ts'
import { auditedBillingSettings, auditedExchangeRates } from './audited-billing-stores.ts'
import { consumedCredits } from './consumed-credits.ts'
import { type TenantSumsReader, usageOfManyTenants } from './usage-of-many-tenants.ts'

/** What billing is composed of. */
export interface BillingParts {
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  /** Explains charges. Usage of many tenants is read together. */
  readonly charges: ChargesDependencies
  readonly sums: TenantSumsReader
  readonly invoices: InvoiceStore
  readonly credits: Pick<Credits, 'consumedBefore'>
  readonly clock: TenantClock
  readonly ids: IdSource
}

/** Composes billing over PostgreSQL. */
export function composeBilling({ database, changes, charges, sums, invoices, credits, clock, ids }: BillingParts): {
  readonly billing: Billing
  readonly billingRuns: BillingRuns
} {
  const dependencies: BillingDependencies = {
    store: invoices,
    settings: auditedBillingSettings({ store: postgresBillingSettings(database), open: postgresBillingSettings, changes }),
    rates: auditedExchangeRates({ store: postgresExchangeRates(database), open: postgresExchangeRates, changes }),
    subscriptions: postgresBillableSubscriptions(database),
    plans: postgresPlanStore(database),
    usage: explainedUsage({ ...charges, usage: usageOfManyTenants(charges.usage, sums) }),
    credits: consumedCredits(credits),
    taxes: taxTable,
    clock,
  }
  const runs = auditedBillingRuns({ store: postgresBillingRuns(database), open: postgresBillingRuns, changes })
  const billingRuns = createBillingRuns({ billing: dependencies, store: runs, ids, enqueue: runId => addBillingRun(database, runId) })
  return { billing: createBilling(dependencies), billingRuns }
}

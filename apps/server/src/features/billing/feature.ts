import type { Feature } from '../feature.ts'
import { InvoiceId, InvoiceLineId } from './ids.ts'

/** Billing: plans, subscriptions, invoices and payments. */
export const billingFeature = {
  name: 'billing',
  ids: [InvoiceId, InvoiceLineId],
  keyScopes: { tenant: ['billing:read'], operatorOnly: ['billing:write'] },
  jobs: async ({ tollgate }) => (await import('./jobs.ts')).billingJobs(tollgate),
  tables: async () => ({ migrations: (await import('@tollgate/invoicing/postgres')).invoicingMigrations }),
  graphql: () => import('./graphql/index.ts'),
} as const satisfies Feature

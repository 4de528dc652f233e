import type { Feature } from '../feature.ts'
import { InvoiceId, InvoiceLineId } from './ids.ts'
import { CollectionHoldId, PaymentId } from './payments/ids.ts'

/** Billing: plans, subscriptions, invoices and payments. */
export const billingFeature = {
  name: 'billing',
  ids: [InvoiceId, InvoiceLineId, PaymentId, CollectionHoldId],
  keyScopes: { tenant: ['billing:read'], operatorOnly: ['billing:write'] },
  jobs: async ({ tollgate }) => (await import('./jobs.ts')).billingJobs(tollgate),
  tables: async () => ({ migrations: (await import('@tollgate/invoicing/postgres')).invoicingMigrations }),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => {
    const { collectionsCommand, paymentsCommand } = await import('./commands/payments.ts')
    return [paymentsCommand(), collectionsCommand()]
  },
} as const satisfies Feature

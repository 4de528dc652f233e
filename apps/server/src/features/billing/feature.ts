import type { Feature } from '../feature.ts'
import { EmailId } from './mail/ids.ts'
import { BillingRunId, InvoiceId, InvoiceLineId, SubscriptionId } from './ids.ts'
import { CollectionHoldId, PaymentId } from './payments/ids.ts'

/** Billing: plans, subscriptions, invoices and payments. */
export const billingFeature = {
  name: 'billing',
  ids: [SubscriptionId, InvoiceId, InvoiceLineId, BillingRunId, PaymentId, CollectionHoldId, EmailId],
  keyScopes: { tenant: ['billing:read'], operatorOnly: ['billing:write'] },
  jobs: async ({ tollgate, log, autoBilling }) => [
    ...(await import('./jobs.ts')).billingJobs(tollgate, log),
    (await import('./invoices/billing-run-job.ts')).billingRunJob({ ...tollgate, log }),
    ...(autoBilling ? (await import('./invoices/billing-jobs.ts')).invoiceJobs({ tollgate, log }) : []),
  ],
  tables: async () => ({ migrations: (await import('@tollgate/invoicing/postgres')).invoicingMigrations }),
  live: async () => [(await import('./live.ts')).liveInvoiceUpdates],
  graphql: () => import('./graphql/index.ts'),
  commands: async () => {
    const [{ collectionsCommand, paymentsCommand }, { billingCommand }, { invoicesCommand }, { addSubscriptionCommands }, { emailsCommand }] =
      await Promise.all([
        import('./commands/payments.ts'),
        import('./commands/run-billing.ts'),
        import('./commands/invoices.ts'),
        import('./commands/billing.ts'),
        import('./commands/emails.ts'),
      ])
    return [addSubscriptionCommands(billingCommand()), invoicesCommand(), paymentsCommand(), collectionsCommand(), emailsCommand()]
  },
} as const satisfies Feature

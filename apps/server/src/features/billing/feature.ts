import type { Feature } from '../feature.ts'

/** Billing: plans, subscriptions, invoices and payments. */
export const billingFeature = {
  name: 'billing',
  tables: async () => ({ migrations: (await import('@tollgate/invoicing/postgres')).invoicingMigrations }),
} as const satisfies Feature

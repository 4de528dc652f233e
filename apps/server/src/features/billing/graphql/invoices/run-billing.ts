import type { BillingRun, BillingRunResult, ListedInvoice } from '@tollgate/invoicing/billing'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { InvoiceId } from '../../ids.ts'
import { BillingRunRef } from './billing-runs.ts'
import { InvoiceRef } from './invoice.ts'
import { BillingFailureRef, RunBillingInputRef } from './run-billing-inputs.ts'

const RunBillingPayloadRef = builder.objectRef<BillingRunResult & { readonly run: BillingRun }>('RunBillingPayload').implement({
  description: 'What a billing run made. It can be repeated: each period is billed once.',
  fields: t => ({
    run: t.expose('run', { type: BillingRunRef, description: 'The run as it is stored.' }),
    tenantCount: t.int({ description: 'Number of tenants.', resolve: ({ tenants }) => tenants }),
    invoiceCount: t.int({ description: 'Number of new invoices.', resolve: ({ invoices }) => invoices }),
    draftCount: t.int({ description: 'Number of drafts.', resolve: ({ drafts }) => drafts }),
    failureCount: t.int({ description: 'Number of tenants that could not be billed, or not completely.', resolve: ({ failures }) => failures }),
    invoices: t.field({ type: [InvoiceRef], description: 'The first 100 new invoices.', resolve: ({ firstInvoices }): ListedInvoice[] => [...firstInvoices] }),
    draftIds: t.idList({
      description: 'Ids of the first 100 drafts.',
      resolve: ({ firstDrafts }) => firstDrafts.map(({ tenantId, id }) => InvoiceId.encode(`${tenantId}:${id}`)),
    }),
    failures: t.field({
      type: [BillingFailureRef],
      description: 'The first 100 tenants that could not be billed, or not completely.',
      resolve: ({ firstFailures }) => [...firstFailures],
    }),
  }),
})

builder.mutationField('runBilling', t =>
  t.field({
    type: RunBillingPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: ['billing.invoiceFinalized', 'billing.paymentAllocated'],
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Bills all tenants whose billing periods have ended. Safe to repeat, also at the same time: each period is billed once, and numbers have no gaps. The answer waits for the run; `startBillingRun` does not. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: RunBillingInputRef, required: true, description: 'What to bill.' }) },
    resolve: async (_root, { input: { through, tenantIds, finalize } }, { tollgate }) => {
      for (const tenantId of tenantIds ?? []) await tollgate.accounts.requireTenant(tenantId)
      return tollgate.billingRuns.run({ through, tenantIds: tenantIds ?? undefined, finalize: finalize ?? true })
    },
  }),
)

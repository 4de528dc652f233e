import type { BillingFailure, BillingRunResult, ListedInvoice } from '@tollgate/invoicing/billing'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { InvoiceId } from '../../ids.ts'
import { InvoiceRef } from './invoice.ts'

const RunBillingInputRef = builder.inputType('RunBillingInput', {
  description: 'What to bill.',
  fields: t => ({
    through: t.field({ type: 'DateTime', required: true, description: 'Bills the periods that end by then. Not after now.' }),
    tenantIds: t.idList({ description: 'Only these tenants. Defaults to all.' }),
    finalize: t.boolean({
      defaultValue: true,
      description: 'Whether invoices are finalised. If false, the next invoice of each subscription is left as a draft. Defaults to true.',
    }),
  }),
})

/** A tenant that could not be billed. */
export const BillingFailureRef = builder.objectRef<BillingFailure>('BillingFailure').implement({
  description: 'A tenant that could not be billed. Others are.',
  fields: t => ({
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    code: t.exposeString('code', { description: 'Stable code of the error.' }),
    message: t.exposeString('message', { description: 'What is wrong and what to do.' }),
  }),
})

const RunBillingPayloadRef = builder.objectRef<BillingRunResult>('RunBillingPayload').implement({
  description: 'What a billing run made. It can be repeated: each period is billed once.',
  fields: t => ({
    tenantCount: t.int({ description: 'Number of tenants.', resolve: ({ tenants }) => tenants }),
    invoiceCount: t.int({ description: 'Number of new invoices.', resolve: ({ invoices }) => invoices }),
    draftCount: t.int({ description: 'Number of drafts.', resolve: ({ drafts }) => drafts }),
    failureCount: t.int({ description: 'Number of tenants that could not be billed.', resolve: ({ failures }) => failures }),
    invoices: t.field({ type: [InvoiceRef], description: 'The first 100 new invoices.', resolve: ({ firstInvoices }): ListedInvoice[] => [...firstInvoices] }),
    draftIds: t.idList({
      description: 'Ids of the first 100 drafts.',
      resolve: ({ firstDrafts }) => firstDrafts.map(({ tenantId, id }) => InvoiceId.encode(`${tenantId}:${id}`)),
    }),
    failures: t.field({
      type: [BillingFailureRef],
      description: 'The first 100 tenants that could not be billed.',
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
      'Bills all tenants whose billing periods have ended. Safe to repeat, also at the same time: each period is billed once, and numbers have no gaps. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: RunBillingInputRef, required: true, description: 'What to bill.' }) },
    resolve: async (_root, { input: { through, tenantIds, finalize } }, { tollgate }) => {
      for (const tenantId of tenantIds ?? []) await tollgate.accounts.requireTenant(tenantId)
      return tollgate.billing.run({ through, tenantIds: tenantIds ?? undefined, finalize: finalize ?? true })
    },
  }),
)

import { scopeOf } from '@tollgate/accounts'
import type { InvoiceLineExplanation } from '@tollgate/invoicing/billing'
import { Decimal, NotFound, type Period } from '@tollgate/kernel'
import { requireScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity, readPage } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { readEventPosition, UsageEventConnectionRef } from '../../../usage/graphql/usage-events.ts'
import { readInvoiceLineId } from '../../ids.ts'
import { InvoiceRef } from './invoice.ts'
import { InvoiceLineRef } from './invoice-line.ts'
import { eventsOfLine } from './events-of-line.ts'

const LineConversionRef = builder.objectRef<NonNullable<InvoiceLineExplanation['line']['provenance']['conversion']>>('InvoiceLineConversion').implement({
  description: 'How the amount of a line was converted into the currency of its invoice.',
  fields: t => ({
    currency: t.exposeString('currency', { description: 'ISO 4217 code of the currency before.' }),
    amount: t.field({ type: 'Decimal', description: 'Net amount before.', resolve: ({ amount }) => new Decimal(amount) }),
    rate: t.field({ type: 'Decimal', description: 'The exchange rate.', resolve: ({ rate }) => new Decimal(rate) }),
    date: t.exposeString('date', { description: 'Day of the rate: "2026-01-30".' }),
    source: t.exposeString('source', { description: 'Who published the rate.' }),
  }),
})

const LineRangeRef = builder.objectRef<Period>('InvoiceLineRange').implement({
  description: 'A range of usage that a line charges.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'Start, inclusive.' }),
    to: t.expose('to', { type: 'DateTime', description: 'End, exclusive.' }),
  }),
})

const InvoiceLineExplanationRef = builder.objectRef<InvoiceLineExplanation>('InvoiceLineExplanation').implement({
  description: 'Where the amount of an invoice line comes from.',
  fields: t => ({
    line: t.field({ type: InvoiceLineRef, description: 'The line.', resolve: ({ tenantId, invoiceId, line }) => ({ tenantId, invoiceId, line }) }),
    invoice: t.field({ type: InvoiceRef, description: 'The invoice that it is on.', resolve: ({ tenantId, invoiceId }) => `${tenantId}:${invoiceId}` }),
    conversion: t.field({
      type: LineConversionRef,
      nullable: true,
      description: 'The exchange rate that was applied. Null if nothing was converted.',
      resolve: ({ line }) => line.provenance.conversion,
    }),
    details: t.field({
      type: 'JSON',
      description:
        'How the amount was computed when the invoice was made. Of usage: its sums, and the explanation of each charge with its rules, prices and discounts. Of fees: the plan version and the shares of time.',
      resolve: ({ line }) => line.provenance.details,
    }),
    ranges: t.field({
      type: [LineRangeRef],
      description: 'Ranges of the usage that it charges. Empty for other lines.',
      resolve: ({ usage }) => [...(usage?.ranges ?? [])],
    }),
    events: t.field({
      type: UsageEventConnectionRef,
      nullable: true,
      complexity: pageComplexity(PAGES.events),
      description:
        'The usage events that it charges, newest first, including those that arrived later. A page can have fewer items than `first` and still be followed by another. Null for lines that charge no usage. Requires the scope "usage:read".',
      args: {
        ...pageArguments(t.arg, PAGES.events),
      },
      resolve: async ({ tenantId, usage }, args, { viewer, tollgate }) => {
        requireScope(viewer, 'usage:read')
        return usage && eventsOfLine(tollgate.usage, { tenantId, usage }, readPage(args, PAGES.events, readEventPosition))
      },
    }),
  }),
})

builder.queryField('explainInvoiceLine', t =>
  t.field({
    type: InvoiceLineExplanationRef,
    authScopes: { can: 'billing:read' },
    description: 'Explains where the amount of an invoice line comes from, down to the usage events.',
    args: { id: t.arg.id({ required: true, description: 'Id of the line: "inl_…".' }) },
    resolve: async (_root, { id }, { viewer, tollgate }) => {
      const explanation = await tollgate.billing.explainLine(scopeOf(viewer), readInvoiceLineId(id))
      if (explanation === undefined) throw new NotFound('invoice line', id)
      return explanation
    },
  }),
)

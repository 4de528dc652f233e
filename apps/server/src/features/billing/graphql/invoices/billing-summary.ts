import type { BillingSummary } from '@tollgate/invoicing/billing'
import type { InvoiceLine } from '@tollgate/invoicing'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../../graphql/limits/limits.ts'
import { TimeRangeInputRef } from '../../../usage/graphql/time-range-input.ts'
import { InvoiceRef } from './invoice.ts'
import { InvoiceLineKindRef } from './invoice-enums.ts'
import { TaxTotalRef } from './tax.ts'

const SummaryUsageRef = builder.objectRef<BillingSummary['usage']>('BillingSummaryUsage').implement({
  description: 'Usage that is charged.',
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Number of events without a price, which are not charged yet.' }),
    tokens: t.expose('tokens', { type: 'Decimal', description: 'Tokens of all pools.' }),
  }),
})

const SummaryLineRef = builder.objectRef<Omit<InvoiceLine, 'tax'>>('BillingSummaryLine').implement({
  description: 'A line of a billing summary, as an invoice would have it.',
  fields: t => ({
    kind: t.expose('kind', { type: InvoiceLineKindRef, description: 'What it is for.' }),
    description: t.exposeString('description', { description: 'What it charges, in words.' }),
    periodFrom: t.field({ type: 'DateTime', description: 'Start of the time that it charges.', resolve: ({ period }) => period.from }),
    periodTo: t.field({ type: 'DateTime', description: 'End of the time that it charges, exclusive.', resolve: ({ period }) => period.to }),
    quantity: t.expose('quantity', { type: 'Decimal', description: 'Number of units.' }),
    unit: t.exposeString('unit', { description: 'What `quantity` counts.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Before discounts, credits and tax.' }),
    netAmount: t.expose('netAmount', { type: 'Decimal', description: '`amount` minus discounts and credits.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Provider of the model. Null for lines that are not of one model.' }),
    model: t.exposeString('model', { nullable: true, description: 'The model. Null for lines that are not of one model.' }),
  }),
})

const BillingSummaryRef = builder.objectRef<BillingSummary>('BillingSummary').implement({
  description: 'What a tenant is charged in a range.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'Start of the range.', resolve: ({ range }) => range.from }),
    to: t.field({ type: 'DateTime', description: 'End of the range, exclusive.', resolve: ({ range }) => range.to }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of all amounts but `cost`.' }),
    usage: t.expose('usage', { type: SummaryUsageRef, description: 'The usage.' }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, showsCosts: true, description: 'What providers charge for the usage, in `costCurrency`.' }),
    costCurrency: t.exposeString('costCurrency', { description: 'ISO 4217 code of `cost`.' }),
    charges: t.expose('charges', { type: 'Decimal', description: 'Before discounts, credits and tax.' }),
    discounts: t.expose('discounts', { type: 'Decimal', description: 'Sum of the discounts.' }),
    credits: t.expose('credits', { type: 'Decimal', description: 'What consumed credits pay.' }),
    subtotal: t.expose('subtotal', { type: 'Decimal', description: '`charges` minus `discounts` and `credits`.' }),
    tax: t.expose('tax', { type: 'Decimal', nullable: true, description: 'Tax. Null if it is unknown, because the seller or the billing profile is not set.' }),
    taxes: t.field({ type: [TaxTotalRef], description: 'The taxes.', resolve: ({ taxes }) => [...taxes] }),
    total: t.expose('total', { type: 'Decimal', description: 'With tax, if it is known.' }),
    lines: t.field({ type: [SummaryLineRef], complexity: { field: 1, multiplier: 10 }, description: 'Its lines.', resolve: ({ lines }) => [...lines] }),
    invoice: t.field({
      type: InvoiceRef,
      nullable: true,
      description: 'The finalised invoice of the range. Null if there is none.',
      resolve: ({ invoice }) => invoice && `${invoice.tenantId}:${invoice.id}`,
    }),
  }),
})

builder.queryField('billingSummary', t =>
  t.field({
    type: BillingSummaryRef,
    authScopes: { can: 'billing:read' },
    complexity: MEASURE_COMPLEXITY,
    description:
      'What a tenant is charged in any range, as it is known now. For a billing period, it equals the invoice of the period. For another range, it is the usage and the share of the fees.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'The range.' }),
    },
    resolve: async (_root, { tenantId, range }, context) => context.tollgate.billing.summary(await tenantOf(context, tenantId), range),
  }),
)

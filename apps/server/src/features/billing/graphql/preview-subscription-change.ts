import type { ChangePreview, FeePreview, FeePreviewLine } from '@tollgate/invoicing/billing'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { ChangeTimeRef } from './billing-enums.ts'
import { InvoiceLineKindRef } from './invoices/invoice-enums.ts'

const FeePreviewLineRef = builder.objectRef<FeePreviewLine>('FeePreviewLine').implement({
  description: 'A fee on the invoice that settles a change of a subscription.',
  fields: t => ({
    kind: t.expose('kind', { type: InvoiceLineKindRef, description: 'What it is for.' }),
    description: t.exposeString('description', { description: 'What it charges, in words.' }),
    periodFrom: t.field({ type: 'DateTime', description: 'Start of the time that it charges.', resolve: ({ period }) => period.from }),
    periodTo: t.field({ type: 'DateTime', description: 'End of the time that it charges, exclusive.', resolve: ({ period }) => period.to }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Before tax. Negative for time that was billed and is not used.' }),
  }),
})

const FeePreviewRef = builder.objectRef<FeePreview>('FeePreview').implement({
  description: 'The fees on the invoice that settles a change of a subscription.',
  fields: t => ({
    lines: t.field({ type: [FeePreviewLineRef], complexity: { field: 1, multiplier: 10 }, description: 'The fees.', resolve: ({ lines }) => [...lines] }),
    total: t.expose('total', { type: 'Decimal', description: 'Sum of the fees, before tax.' }),
  }),
})

const SubscriptionChangePreviewRef = builder.objectRef<ChangePreview>('SubscriptionChangePreview').implement({
  description: 'What another plan or other seats would do to the fees of a subscription. Usage is not included.',
  fields: t => ({
    takesEffectAt: t.expose('takesEffectAt', { type: 'DateTime', description: 'When the change would take effect.' }),
    invoicedAt: t.expose('invoicedAt', { type: 'DateTime', description: 'End of the billing period whose invoice would settle it.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of all amounts.' }),
    unchanged: t.expose('unchanged', { type: FeePreviewRef, description: 'Fees on that invoice without the change.' }),
    changed: t.expose('changed', { type: FeePreviewRef, description: 'Fees on that invoice with the change.' }),
    difference: t.expose('difference', { type: 'Decimal', description: 'What the change adds to that invoice, before tax. Negative if it lowers it.' }),
  }),
})

builder.queryField('previewSubscriptionChange', t =>
  t.field({
    type: SubscriptionChangePreviewRef,
    authScopes: { can: 'billing:read' },
    complexity: MEASURE_COMPLEXITY,
    description:
      'What `changePlan` or `changeSeats` would do to the fees of a subscription, on the invoice that settles it. Changes nothing, and fails as the change would. Requires the scope "billing:read".',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      plan: t.arg.string({
        description: 'Plan: "pro" is the latest version, "pro@2" that version. Defaults to the plan that the subscription has; then `seats` is required.',
      }),
      seats: t.arg.int({ description: 'Number of seats. Defaults to the present number, or to 1 if the plan is not sold by seats.' }),
      at: t.arg({ type: ChangeTimeRef, description: 'When. Defaults to NOW.' }),
    },
    resolve: async (_root, { tenantId, ...change }, context) =>
      context.tollgate.billing.previewChange({ tenantId: await tenantOf(context, tenantId), ...change }),
  }),
)

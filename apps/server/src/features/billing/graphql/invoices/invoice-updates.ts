import type { InvoiceEvent, InvoiceEventKind } from '@tollgate/invoicing/events'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'
import { followFrom } from '../../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../../graphql/live/require-live.ts'
import { encodeCursor } from '../../../../graphql/relay/cursor.ts'
import { InvoiceId } from '../../ids.ts'
import { liveInvoiceUpdates } from '../../live.ts'
import { InvoiceRef } from './invoice.ts'

const InvoiceUpdateKindRef = builder.enumType('InvoiceUpdateKind', {
  description: 'What happened to an invoice.',
  values: {
    FINALIZED: { value: 'finalized', description: 'It was finalised, and has a number.' },
    SENT: { value: 'sent', description: 'It was sent to the tenant.' },
    PARTIALLY_PAID: { value: 'partially_paid', description: 'A part of it was paid.' },
    PAID: { value: 'paid', description: 'It is paid in full.' },
    PAYMENT_REVERSED: { value: 'payment_reversed', description: 'Less of it is paid than before: a payment was refunded or taken back.' },
    OVERDUE: { value: 'overdue', description: 'Its due date has passed. Reported when collections run.' },
    REMINDER_SENT: { value: 'reminder_sent', description: 'The tenant was reminded of it.' },
    LATE_FEE_ADDED: { value: 'late_fee_added', description: 'A late fee is due for it. A separate invoice charges the fee.' },
    UNCOLLECTIBLE: { value: 'uncollectible', description: 'It was marked as uncollectible.' },
    VOIDED: { value: 'voided', description: 'It was voided.' },
    CREDIT_NOTE_ISSUED: { value: 'credit_note_issued', description: 'A credit note gives back a part of it, or all.' },
  } as const satisfies EnumValues<InvoiceEventKind>,
})

const nodeIdOf = ({ tenantId }: InvoiceEvent, id: string) => `${tenantId}:${id}`

export const InvoiceUpdateRef = builder.objectRef<InvoiceEvent>('InvoiceUpdate').implement({
  description: 'Something that happened to a finalised invoice.',
  fields: t => ({
    cursor: t.string({
      description: 'Position of the update. Pass it as `after` to continue after this update.',
      resolve: ({ cursor }) => encodeCursor(cursor),
    }),
    kind: t.expose('kind', { type: InvoiceUpdateKindRef, description: 'What happened.' }),
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    invoiceId: t.id({ description: 'Id of the invoice.', resolve: event => InvoiceId.encode(nodeIdOf(event, event.invoiceId)) }),
    invoice: t.field({ type: InvoiceRef, nullable: true, description: 'The invoice as it is now.', resolve: event => nodeIdOf(event, event.invoiceId) }),
    creditNote: t.field({
      type: InvoiceRef,
      nullable: true,
      description: 'The credit note that was issued. Null for other kinds.',
      resolve: event => (event.creditNoteId === null ? null : nodeIdOf(event, event.creditNoteId)),
    }),
    number: t.exposeString('number', { nullable: true, description: 'Number of the invoice.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of the amounts.' }),
    total: t.expose('total', { type: 'Decimal', description: 'Total of the invoice, with tax.' }),
    amountPaid: t.expose('amountPaid', { type: 'Decimal', description: 'What was paid of it after this.' }),
    amountDue: t.field({ type: 'Decimal', description: 'What was due of it after this.', resolve: ({ total, amountPaid }) => total.minus(amountPaid) }),
    amount: t.expose('amount', { type: 'Decimal', nullable: true, description: 'The late fee, or what the credit note gives back. Null for other kinds.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened.' }),
  }),
})

builder.subscriptionField('invoiceUpdates', t =>
  t.field({
    type: InvoiceUpdateRef,
    authScopes: { can: 'billing:read' },
    description:
      'What happens to invoices, on any server, each once and in order. To resume without missing any, pass the cursor of the last update received as `after`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. An operator key that omits it follows all tenants.' }),
      after: t.arg.string({ description: 'Return updates after this cursor. Defaults to updates from now on.' }),
    },
    subscribe: async (_root, { tenantId, after }, context) =>
      followFrom(requireLive(context).source(liveInvoiceUpdates), { scope: await readScope(context, tenantId), after }),
    resolve: event => event,
  }),
)

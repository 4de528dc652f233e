import {
  BillingProfileMissing,
  type CreditNoteContents,
  CreditNoteExceedsInvoice,
  ExchangeRateMissing,
  InvoiceStateConflict,
  lineIdOf,
  SellerMissing,
  type StoredInvoice,
} from '@tollgate/invoicing/billing'
import { TaxUndetermined } from '@tollgate/invoicing/tax'
import { type Decimal, Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { readInvoiceId, readInvoiceLineId } from '../../ids.ts'
import { InvoiceRef } from './invoice.ts'
import { BILLING_WRITE, NEEDS_BILLING_WRITE } from '../write-access.ts'

const InvoiceIdInputRef = (name: string, description: string) =>
  builder.inputType(name, { description, fields: t => ({ id: t.id({ required: true, description: 'Id of the invoice: "inv_…".' }) }) })

const payloadOf = (name: string, description: string) =>
  builder.objectRef<{ readonly invoice: StoredInvoice }>(name).implement({
    description,
    fields: t => ({ invoice: t.field({ type: InvoiceRef, description: 'The invoice.', resolve: ({ invoice }) => invoice }) }),
  })

const CHANGE_ERRORS = [InvalidInput, Forbidden, NotFound, InvoiceStateConflict]

const FinalizeInvoiceInputRef = InvoiceIdInputRef('FinalizeInvoiceInput', 'A draft to finalise.')
const FinalizeInvoicePayloadRef = payloadOf('FinalizeInvoicePayload', 'The invoice has a number now.')
builder.mutationField('finalizeInvoice', t =>
  t.field({
    type: FinalizeInvoicePayloadRef,
    authScopes: BILLING_WRITE,
    audit: ['billing.invoiceFinalized', 'billing.paymentAllocated'],
    errors: { types: [...CHANGE_ERRORS, BillingProfileMissing, SellerMissing, TaxUndetermined, ExchangeRateMissing] },
    description: `Gives a draft a number. It is computed again first, so that it bills what is due now. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: FinalizeInvoiceInputRef, required: true, description: 'The draft.' }) },
    resolve: async (_root, { input: { id } }, { tollgate }) => {
      const { tenantId, invoiceId } = readInvoiceId(id)
      return { invoice: await tollgate.billing.finalize(tenantId, invoiceId) }
    },
  }),
)

type Change = (billing: GraphQLContext['tollgate']['billing'], tenantId: string, invoiceId: string) => Promise<{ readonly invoice: StoredInvoice }>

const changes = [
  {
    name: 'voidInvoice',
    type: 'VoidInvoice',
    audit: 'billing.invoiceVoided',
    input: 'An invoice to void.',
    payload: 'The invoice is void.',
    description: 'Voids an invoice that was issued in error and not paid. Its number stays, and the next invoice bills what it charged.',
    change: ((billing, tenantId, id) => billing.void(tenantId, id)) satisfies Change,
  },
  {
    name: 'markInvoiceSent',
    type: 'MarkInvoiceSent',
    audit: 'billing.invoiceSent',
    input: 'An invoice that was sent.',
    payload: 'The invoice is marked as sent.',
    description: 'Records that an invoice was sent to its tenant. Repeating it changes nothing.',
    change: ((billing, tenantId, id) => billing.markSent(tenantId, id)) satisfies Change,
  },
  {
    name: 'markInvoiceUncollectible',
    type: 'MarkInvoiceUncollectible',
    audit: 'billing.invoiceMarkedUncollectible',
    input: 'An invoice that will not be paid.',
    payload: 'The invoice was marked as uncollectible.',
    description: 'Marks an invoice as uncollectible. A later payment still pays it.',
    change: ((billing, tenantId, id) => billing.markUncollectible(tenantId, id)) satisfies Change,
  },
] as const

for (const { name, type, audit, input: inputDescription, payload, description, change } of changes) {
  const InputRef = InvoiceIdInputRef(`${type}Input`, inputDescription)
  const PayloadRef = payloadOf(`${type}Payload`, payload)
  builder.mutationField(name, t =>
    t.field({
      type: PayloadRef,
      authScopes: BILLING_WRITE,
      audit,
      errors: { types: CHANGE_ERRORS },
      description: `${description} ${NEEDS_BILLING_WRITE}`,
      args: { input: t.arg({ type: InputRef, required: true, description: 'The invoice.' }) },
      resolve: (_root, { input: { id } }, { tollgate }) => {
        const { tenantId, invoiceId } = readInvoiceId(id)
        return change(tollgate.billing, tenantId, invoiceId)
      },
    }),
  )
}

const CreditNoteLineInputRef = builder.inputRef<{ lineId: string; amount: Decimal }>('CreditNoteLineInput').implement({
  description: 'What to give back of an invoice line.',
  fields: t => ({
    lineId: t.id({ required: true, description: 'Id of the line: "inl_…".' }),
    amount: t.field({ type: 'Decimal', required: true, description: 'Net amount, before tax if amounts exclude tax. Above 0.' }),
  }),
})

const IssueCreditNoteInputRef = builder.inputType('IssueCreditNoteInput', {
  description: 'A credit note. Give either `amount` or `lines`; without both, it gives back everything that remains of the invoice.',
  fields: t => ({
    invoiceId: t.id({ required: true, description: 'Id of the invoice: "inv_…".' }),
    amount: t.field({ type: 'Decimal', description: 'Amount to give back, with tax. It is shared over the lines.' }),
    lines: t.field({ type: [CreditNoteLineInputRef], description: 'Lines to give back.' }),
    reason: t.string({ required: true, description: 'Printed on the credit note. 1 to 1,000 characters.' }),
    idempotencyKey: t.string({ required: true, description: 'Unique in the tenant. The same credit note again issues nothing, so retries are safe.' }),
  }),
})

const IssueCreditNotePayloadRef = builder.objectRef<{ readonly creditNote: StoredInvoice }>('IssueCreditNotePayload').implement({
  description: 'The credit note was issued, now or by an earlier call with the same key.',
  fields: t => ({
    creditNote: t.field({ type: InvoiceRef, description: 'The credit note.', resolve: ({ creditNote }) => creditNote }),
    invoice: t.field({
      type: InvoiceRef,
      nullable: true,
      description: 'The invoice that it corrects.',
      resolve: ({ creditNote: { tenantId, correctsInvoiceId } }) => (correctsInvoiceId === null ? null : `${tenantId}:${correctsInvoiceId}`),
    }),
  }),
})

builder.mutationField('issueCreditNote', t =>
  t.field({
    type: IssueCreditNotePayloadRef,
    authScopes: BILLING_WRITE,
    audit: ['billing.creditNoteIssued', 'billing.paymentRecorded'],
    errors: { types: [...CHANGE_ERRORS, CreditNoteExceedsInvoice] },
    description: `Gives back an invoice or a part of it. All credit notes of an invoice together never exceed it. ${NEEDS_BILLING_WRITE}`,
    args: { input: t.arg({ type: IssueCreditNoteInputRef, required: true, description: 'The credit note.' }) },
    resolve: async (_root, { input: { invoiceId: id, reason, idempotencyKey, ...contents } }, { tollgate }) => {
      const { tenantId, invoiceId } = readInvoiceId(id)
      return {
        creditNote: await tollgate.billing.issueCreditNote({ tenantId, invoiceId, contents: readContents(invoiceId, contents), reason, idempotencyKey }),
      }
    },
  }),
)

interface ContentsInput {
  readonly amount?: Decimal | null | undefined
  readonly lines?: readonly { readonly lineId: string; readonly amount: Decimal }[] | null | undefined
}

function readContents(invoiceId: string, { amount, lines }: ContentsInput): CreditNoteContents {
  if (amount && lines) throw new InvalidInput([{ path: 'amount', message: 'cannot be combined with lines' }])
  if (amount) return { kind: 'amount', amount }
  if (!lines) return { kind: 'full' }
  return {
    kind: 'lines',
    lines: lines.map(line => {
      const named = readInvoiceLineId(line.lineId)
      return { lineId: named.invoiceId === invoiceId ? lineIdOf(invoiceId, named.position) : line.lineId, netAmount: line.amount }
    }),
  }
}

import { scopeOf } from '@tollgate/accounts'
import type { ListedInvoice } from '@tollgate/invoicing/billing'
import { requireScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { InvoiceId, readInvoiceId } from '../../ids.ts'
import { InvoiceKindRef, InvoiceStatusRef, TaxBehaviorRef } from './invoice-enums.ts'
import { InvoiceLineRef, type LineOfInvoice } from './invoice-line.ts'
import { TaxTotalRef } from './tax.ts'

/** GraphQL type `Invoice`. Ids in one request are loaded together. */
export const InvoiceRef = builder.loadableNodeRef('Invoice', {
  id: { resolve: (invoice: ListedInvoice) => nodeIdOf(invoice) },
  load: async (ids: string[], { viewer, tollgate }): Promise<ListedInvoice[]> => {
    requireScope(viewer, 'billing:read')
    return [
      ...(await tollgate.billing.invoicesByIds(
        scopeOf(viewer),
        ids.map(id => readInvoiceId(InvoiceId.encode(id)).invoiceId),
      )),
    ]
  },
  sort: nodeIdOf,
})

/** Returns the id of an invoice without the prefix of its type. */
function nodeIdOf({ tenantId, id }: Pick<ListedInvoice, 'tenantId' | 'id'>): string {
  return `${tenantId}:${id}`
}

const InvoiceLineConnectionRef = builder.connectionObject({ type: InvoiceLineRef, name: 'InvoiceLineConnection' }, { name: 'InvoiceLineEdge' })

builder.objectType(InvoiceRef, {
  name: 'Invoice',
  description: 'An invoice, or a credit note for one. After it is finalised, only its status and payments change.',
  fields: t => ({
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    kind: t.expose('kind', { type: InvoiceKindRef, description: 'Invoice or credit note.' }),
    number: t.exposeString('number', { nullable: true, description: 'Number, without gaps in its series. Null for a draft.' }),
    status: t.expose('status', { type: InvoiceStatusRef, description: 'Its status now.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of all its amounts.' }),
    periodFrom: t.field({ type: 'DateTime', description: 'Start of the billing period that it was made for.', resolve: ({ period }) => period.from }),
    periodTo: t.field({ type: 'DateTime', description: 'End of the billing period that it was made for, exclusive.', resolve: ({ period }) => period.to }),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone of its dates.' }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime', nullable: true, description: 'When it was finalised. Null for a draft.' }),
    dueAt: t.expose('dueAt', { type: 'DateTime', nullable: true, description: 'When it is due. Null for drafts and credit notes.' }),
    sentAt: t.expose('sentAt', { type: 'DateTime', nullable: true, description: 'When it was sent to the tenant. Null if it was not.' }),
    buyerName: t.string({ description: 'Name that it is made out to.', resolve: ({ buyer }) => buyer.name }),
    taxBehavior: t.expose('taxBehavior', { type: TaxBehaviorRef, description: 'Whether its amounts include tax.' }),
    taxes: t.field({ type: [TaxTotalRef], description: 'Its taxes.', resolve: ({ taxes }) => [...taxes] }),
    subtotal: t.expose('subtotal', { type: 'Decimal', description: 'Sum of the lines before discounts, credits and tax.' }),
    discountTotal: t.expose('discountTotal', { type: 'Decimal', description: 'Sum of the discounts.' }),
    creditTotal: t.expose('creditTotal', { type: 'Decimal', description: 'What consumed credits pay.' }),
    taxTotal: t.expose('taxTotal', { type: 'Decimal', description: 'Sum of the taxes.' }),
    total: t.expose('total', { type: 'Decimal', description: 'What is to be paid, with tax.' }),
    amountPaid: t.expose('amountPaid', { type: 'Decimal', description: 'Sum of the payments and credit notes for it.' }),
    amountDue: t.expose('amountDue', { type: 'Decimal', description: '`total` minus `amountPaid`.' }),
    correctsInvoice: t.field({
      type: InvoiceRef,
      nullable: true,
      description: 'The invoice that a credit note corrects. Null for invoices.',
      resolve: ({ tenantId, correctsInvoiceId }) => (correctsInvoiceId === null ? null : `${tenantId}:${correctsInvoiceId}`),
    }),
    notes: t.exposeString('notes', { nullable: true, description: 'Text that is printed on it. Of a credit note: the reason.' }),
    lines: t.loadableList({
      type: InvoiceLineRef,
      complexity: { field: 5, multiplier: 10 },
      description: 'Its lines, in order.',
      load: async (ids: string[], { viewer, tollgate }) => {
        const named = ids.map(readNodeId)
        const found = await tollgate.billing.lines(
          scopeOf(viewer),
          named.map(({ invoiceId }) => invoiceId),
        )
        return named.map(({ tenantId, invoiceId }): LineOfInvoice[] => (found.get(invoiceId) ?? []).map(line => ({ tenantId, invoiceId, line })))
      },
      resolve: nodeIdOf,
    }),
    linePage: t.field({
      type: InvoiceLineConnectionRef,
      complexity: pageComplexity(PAGES.invoiceLines),
      description: 'Its lines, in order, in pages: for invoices of thousands of lines.',
      args: {
        ...pageArguments(t.arg, PAGES.invoiceLines),
      },
      resolve: async ({ tenantId, id: invoiceId }, args, { viewer, tollgate }) => {
        const page = readPage(args, PAGES.invoiceLines, readPosition)
        const { items, hasMore } = await tollgate.billing.linePage(scopeOf(viewer), invoiceId, page)
        const lines = items.map((line): LineOfInvoice => ({ tenantId, invoiceId, line }))
        return toConnection(lines, { hasMore, page, cursor: ({ line }) => encodeCursor(String(line.position)) })
      },
    }),
  }),
})

function readPosition(cursor: string): number {
  const position = decodeCursor(cursor)
  if (!/^[1-9]\d{0,8}$/.test(position)) throw invalidCursor()
  return Number(position)
}

function readNodeId(id: string): { readonly tenantId: string; readonly invoiceId: string } {
  return readInvoiceId(InvoiceId.encode(id))
}

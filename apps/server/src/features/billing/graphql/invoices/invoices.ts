import { scopeOf } from '@tollgate/accounts'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { isUuid } from '@tollgate/kernel'
import { readInvoiceId } from '../../ids.ts'
import { InvoiceRef } from './invoice.ts'
import { InvoiceKindRef, InvoiceStatusRef } from './invoice-enums.ts'

const InvoiceConnectionRef = builder.connectionObject({ type: InvoiceRef, name: 'InvoiceConnection' }, { name: 'InvoiceEdge' })

builder.queryFields(t => ({
  invoice: t.field({
    type: InvoiceRef,
    nullable: true,
    authScopes: { can: 'billing:read' },
    description: 'An invoice or credit note; a draft as it is now. Null if there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Id of the invoice: "inv_…".' }) },
    resolve: async (_root, { id }, { viewer, tollgate }) => {
      const [invoice = null] = await tollgate.billing.invoicesByIds(scopeOf(viewer), [readInvoiceId(id).invoiceId])
      return invoice
    },
  }),
  invoices: t.field({
    type: InvoiceConnectionRef,
    authScopes: { can: 'billing:read' },
    complexity: pageComplexity(PAGES.invoices),
    description: 'Lists invoices and credit notes, latest period first.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants.' }),
      status: t.arg({ type: InvoiceStatusRef, description: 'Only invoices with this status. Defaults to all.' }),
      kind: t.arg({ type: InvoiceKindRef, description: 'Only invoices, or only credit notes. Defaults to both.' }),
      ...pageArguments(t.arg, PAGES.invoices),
    },
    resolve: async (_root, { tenantId, status, kind, ...args }, context) => {
      const page = readPage(args, PAGES.invoices, readPosition)
      const scope = await readScope(context, tenantId)
      const request = { ...page, status: status ?? undefined, kind: kind ?? undefined }
      const { items, hasMore } = await context.tollgate.billing.invoices(scope, request)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
}))

function readPosition(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuid(id)) throw invalidCursor()
  return id
}

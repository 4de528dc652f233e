import { isUuid, type Money } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { readInvoiceId } from '../../ids.ts'
import { PaymentRef, PaymentStatusRef } from './payment.ts'

const PaymentConnectionRef = builder.connectionObject({ type: PaymentRef, name: 'PaymentConnection' }, { name: 'PaymentEdge' })

const TENANT = 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.'

builder.queryField('payments', t =>
  t.field({
    type: PaymentConnectionRef,
    authScopes: { can: 'billing:read' },
    complexity: pageComplexity(PAGES.payments),
    description: 'Lists the payments of a tenant, latest first.',
    args: {
      tenantId: t.arg.id({ description: TENANT }),
      invoiceId: t.arg.id({ description: 'Only payments that pay this invoice, or are meant for it.' }),
      status: t.arg({ type: PaymentStatusRef, description: 'Only payments in this state.' }),
      ...pageArguments(t.arg, PAGES.payments),
    },
    resolve: async (_root, { tenantId: named, invoiceId, status, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      const page = readPage(args, PAGES.payments, readCursor)
      const invoice = invoiceId === null || invoiceId === undefined ? undefined : readInvoiceId(invoiceId).invoiceId
      const { items, hasMore } = await context.tollgate.payments.list({ tenantId, invoiceId: invoice, status: status ?? undefined, ...page })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

const BalanceRef = builder.objectRef<Money>('PaymentBalance').implement({
  description: 'Money of a tenant that no invoice has used. It pays later invoices.',
  fields: t => ({
    amount: t.expose('amount', { type: 'Decimal', description: 'The amount.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of its currency.' }),
  }),
})

builder.queryField('paymentBalances', t =>
  t.field({
    type: [BalanceRef],
    authScopes: { can: 'billing:read' },
    description: 'Money that no invoice of a tenant has used, one amount for each currency with any.',
    args: { tenantId: t.arg.id({ description: TENANT }) },
    resolve: async (_root, { tenantId }, context) => [...(await context.tollgate.payments.balances(await tenantOf(context, tenantId)))],
  }),
)

builder.queryField('paymentProviders', t =>
  t.field({
    type: ['String'],
    authScopes: { can: 'billing:read' },
    description: 'Names of the providers that payments can be started with: "stripe", "paypal", "coinbase".',
    resolve: (_root, _args, { tollgate }) => [...tollgate.payments.providers],
  }),
)

function readCursor(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuid(id)) throw invalidCursor()
  return id
}

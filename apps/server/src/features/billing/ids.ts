import { idCodec } from '../../graphql/relay/id-codec.ts'

const TENANT = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Ids of invoices and credit notes: the tenant and the invoice, "inv_acme:0192…". */
export const InvoiceId = idCodec({ type: 'Invoice', prefix: 'inv_', plural: 'invoices', form: new RegExp(`^${TENANT}:${UUID}$`) })

/** Ids of invoice lines: the tenant, the invoice and the position, "inl_acme:0192…:3". */
export const InvoiceLineId = idCodec({
  type: 'InvoiceLine',
  prefix: 'inl_',
  plural: 'invoice lines',
  form: new RegExp(`^${TENANT}:${UUID}:[1-9]\\d{0,6}$`),
})

/** Ids of billing runs, "brun_0192…". */
export const BillingRunId = idCodec({ type: 'BillingRun', prefix: 'brun_', plural: 'billing runs' })

/** Reads the tenant and the id of an invoice. Throws `InvalidInput`. */
export function readInvoiceId(id: string): { readonly tenantId: string; readonly invoiceId: string } {
  const [tenantId = '', invoiceId = ''] = InvoiceId.decode(id).split(':')
  return { tenantId, invoiceId }
}

/** Reads the tenant, the invoice and the position of a line. Throws `InvalidInput`. */
export function readInvoiceLineId(id: string): { readonly tenantId: string; readonly invoiceId: string; readonly position: number } {
  const [tenantId = '', invoiceId = '', position = ''] = InvoiceLineId.decode(id).split(':')
  return { tenantId, invoiceId, position: Number(position) }
}
/** Ids of subscriptions: the tenant and the subscription, "sub_acme:0192…". */
export const SubscriptionId = idCodec({ type: 'BillingSubscription', prefix: 'sub_', plural: 'subscriptions', form: new RegExp(`^${TENANT}:${UUID}$`) })

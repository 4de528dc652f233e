import { idCodec } from '../../../graphql/relay/id-codec.ts'

const TENANT = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Ids of payments: the tenant and the payment, "pay_acme:0192…". */
export const PaymentId = idCodec({ type: 'Payment', prefix: 'pay_', plural: 'payments', form: new RegExp(`^${TENANT}:${UUID}$`) })

/** Ids of pauses and disputes: the tenant and the pause or dispute, "chd_acme:0192…". */
export const CollectionHoldId = idCodec({ type: 'CollectionHold', prefix: 'chd_', plural: 'pauses and disputes', form: new RegExp(`^${TENANT}:${UUID}$`) })

/** Reads the tenant and the id of a payment. Throws `InvalidInput`. */
export function readPaymentId(id: string): { readonly tenantId: string; readonly paymentId: string } {
  const [tenantId = '', paymentId = ''] = PaymentId.decode(id).split(':')
  return { tenantId, paymentId }
}

/** Reads the tenant and the id of a dispute. Throws `InvalidInput`. */
export function readDisputeId(id: string): { readonly tenantId: string; readonly disputeId: string } {
  const [tenantId = '', disputeId = ''] = CollectionHoldId.decode(id).split(':')
  return { tenantId, disputeId }
}

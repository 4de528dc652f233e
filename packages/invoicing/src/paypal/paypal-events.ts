import { Decimal, parseDecimal, parseInstant, type Temporal } from '@tollgate/kernel'
import type { PaymentChange, ProviderEvent } from '../model/payments/provider-event.ts'
import { jsonAt, listAt, textAt } from '../payments/json-path.ts'

/** Our ids of a payment, as PayPal keeps them. */
export interface PaymentReference {
  readonly tenantId: string
  readonly paymentId: string
}

/** Writes our ids for the `custom_id` of PayPal. */
export function customIdOf({ tenantId, paymentId }: PaymentReference): string {
  return `${tenantId}/${paymentId}`
}

/** Reads our ids from a `custom_id`; undefined if it is not ours. */
export function readCustomId(text: string | undefined): PaymentReference | undefined {
  const [tenantId, paymentId, ...others] = text?.split('/') ?? []
  return tenantId === undefined || paymentId === undefined || others.length > 0 ? undefined : { tenantId, paymentId }
}

/** Returns the last capture of an order; undefined if there is none. */
export function captureOf(order: unknown): unknown {
  return listAt(order, 'purchase_units', 0, 'payments', 'captures').at(-1)
}

/** Returns what a capture says of a payment. Undefined while it is pending. */
export function changeOfCapture(capture: unknown): PaymentChange | undefined {
  const amount = parseDecimal(textAt(capture, 'amount', 'value') ?? '')
  const currency = textAt(capture, 'amount', 'currency_code')
  switch (textAt(capture, 'status')) {
    // A refunded capture was completed.
    case 'COMPLETED':
    case 'PARTIALLY_REFUNDED':
    case 'REFUNDED':
      return amount === undefined || currency === undefined ? undefined : { kind: 'succeeded', amount, currency }
    case 'DECLINED':
    case 'FAILED':
      return { kind: 'failed', message: textAt(capture, 'status_details', 'reason') ?? 'PayPal declined the payment.' }
    default:
      return undefined
  }
}

/** Returns what a refund of PayPal says. We set its `invoice_id` to our id of the refund. */
export function changeOfRefund(refund: unknown): Extract<PaymentChange, { kind: 'refund' }> | undefined {
  const providerRefundId = textAt(refund, 'id')
  const amount = parseDecimal(textAt(refund, 'amount', 'value') ?? '')
  if (providerRefundId === undefined || amount === undefined) return undefined
  const refundId = textAt(refund, 'invoice_id') ?? null
  return { kind: 'refund', refundId, providerRefundId, amount: new Decimal(amount), ...refundResult(refund) }
}

/** Returns what became of a refund. A reversal, which has no status, has taken the money. */
export function refundResult(refund: unknown): { readonly status: 'pending' | 'succeeded' | 'failed'; readonly message: string | null } {
  const status = textAt(refund, 'status') ?? 'COMPLETED'
  if (status === 'COMPLETED') return { status: 'succeeded', message: null }
  if (status === 'PENDING') return { status: 'pending', message: null }
  return { status: 'failed', message: textAt(refund, 'status_details', 'reason') ?? status }
}

/** Returns the event of a completed or declined capture; none while it is pending. */
export function eventOfCapture(
  capture: unknown,
  {
    reference,
    providerPaymentId,
    occurredAt,
  }: { readonly reference: PaymentReference; readonly providerPaymentId: string; readonly occurredAt: Temporal.Instant },
): readonly ProviderEvent[] {
  const change = changeOfCapture(capture)
  if (change === undefined) return []
  const id = `${textAt(capture, 'id') ?? providerPaymentId} ${change.kind}`
  return [{ id, ...reference, providerPaymentId, occurredAt, change }]
}

/** Returns the id at the end of the link of a resource with a relation, such as the capture that is "up" of a refund. */
export function linkedId(resource: unknown, relation: string): string | undefined {
  const link = listAt(resource, 'links').find(candidate => jsonAt(candidate, 'rel') === relation)
  return textAt(link, 'href')?.split('/').at(-1)
}

/** Reads the time of an event. */
export function timeOf(event: unknown, receivedAt: Temporal.Instant): Temporal.Instant {
  return parseInstant(textAt(event, 'create_time') ?? '') ?? receivedAt
}

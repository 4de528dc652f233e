import { inputShape } from '@tollgate/kernel/input'
import type { ListPaymentsInput } from './list-payments-input.ts'
import type { RecordPaymentInput } from './record-payment.ts'
import type { RefundPaymentInput } from './refund-payment.ts'
import type { StartPaymentInput } from './start-payment.ts'

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  record: inputShape<RecordPaymentInput>({
    tenantId: 'text',
    invoiceId: 'text?',
    amount: 'anything?',
    currency: 'text?',
    provider: 'text?',
    receivedAt: 'anything?',
    reference: 'text?',
    idempotencyKey: 'text',
  }),
  start: inputShape<StartPaymentInput>({
    tenantId: 'text',
    invoiceId: 'text',
    provider: 'text',
    amount: 'anything?',
    returnUrl: 'text?',
    cancelUrl: 'text?',
    customer: 'object',
    idempotencyKey: 'text',
  }),
  customer: inputShape<StartPaymentInput['customer']>({ name: 'text', email: 'text?' }),
  complete: inputShape<{ readonly tenantId: string; readonly paymentId: string }>({ tenantId: 'text', paymentId: 'text' }),
  refund: inputShape<RefundPaymentInput>({ tenantId: 'text', paymentId: 'text', amount: 'anything?', reason: 'text?', idempotencyKey: 'text' }),
  list: inputShape<ListPaymentsInput>({ tenantId: 'text', status: 'text?', invoiceId: 'text?', first: 'integer?', after: 'text?' }),
} as const

import { type Payments, PaymentProviderUnknown, PaymentWebhookRejected } from '@tollgate/invoicing/payments'
import type { Clock } from '@tollgate/kernel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { runAs } from '../../../audited-changes/audit-origin.ts'
import { respondJson, type ErrorResponse } from '../../../http/respond.ts'
import type { Log } from '../../../observability/log.ts'

/** Answers webhooks of payment providers. `body` is what arrived, byte by byte. */
export type PaymentWebhookHandler = (request: IncomingMessage, response: ServerResponse, about: PaymentWebhookRequest) => Promise<void>

/** A webhook of a payment provider. */
export interface PaymentWebhookRequest {
  readonly provider: string
  readonly body: Buffer
  readonly requestId: string
  readonly refuse: (error: ErrorResponse) => void
}

/** What answering needs. */
export interface PaymentWebhookDependencies {
  readonly payments: Pick<Payments, 'receive'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Receives webhooks of payment providers, which prove by their signature who sent them. A forged or replayed one gets 400. Any other failure gets
 * 500, so that the provider sends it again.
 */
export function paymentWebhooks({ payments, clock, log }: PaymentWebhookDependencies): PaymentWebhookHandler {
  return async ({ headers }, response, { provider, body, requestId, refuse }) => {
    const single = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]))
    try {
      const actor = { kind: 'system', id: provider } as const
      const outcomes = await runAs({ actor, requestId }, () => payments.receive(provider, { headers: single, body, receivedAt: clock.now() }))
      respondJson(response, 200, { received: outcomes.length })
    } catch (error) {
      if (error instanceof PaymentProviderUnknown) return refuse({ status: 404, code: 'NOT_FOUND', message: error.message })
      if (error instanceof PaymentWebhookRejected) {
        log.warn({ requestId, provider, reason: error.message }, 'A webhook of a payment provider was rejected.')
        return refuse({ status: 400, code: error.code, message: error.message })
      }
      log.error({ err: error, requestId, provider }, 'A webhook of a payment provider failed; the provider sends it again.')
      refuse({ status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'The webhook could not be processed. Send it again later.' })
    }
  }
}

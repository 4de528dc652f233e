import type { WebhookResponse } from './model/webhook-response.ts'

/** Sends requests to endpoints. */
export interface WebhookSender {
  /** Sends a request once. Throws only the reason of `signal` when it is aborted. */
  send(request: WebhookRequest): Promise<WebhookResponse>
}

/** One request to an endpoint. */
export interface WebhookRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether the request may use http and private addresses. */
  readonly allowPrivate: boolean
  readonly signal: AbortSignal
}

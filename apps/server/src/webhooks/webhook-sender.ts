/** A request to a receiver. */
export interface WebhookRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether it may go over http, and to addresses that are not public. */
  readonly allowPrivate: boolean
  readonly signal: AbortSignal
}

/** What the receiver said, or why it said nothing. */
export type WebhookAnswer = { readonly statusCode: number; readonly retryAfter: string | null } | { readonly statusCode: null; readonly error: string }

/** The way out of the house. */
export interface WebhookSender {
  /** Sends, once. Never throws but what `signal` was aborted with. */
  send(request: WebhookRequest): Promise<WebhookAnswer>
}

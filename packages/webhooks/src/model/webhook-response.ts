/** The response of an endpoint, or why there was none. */
export type WebhookResponse = { readonly durationMs: number } & (
  | { readonly statusCode: number; readonly retryAfter: string | null }
  | { readonly statusCode: null; readonly error: string }
)

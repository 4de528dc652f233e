/** What an attempt means for its delivery. */
export type AttemptOutcome =
  | { readonly state: 'DELIVERED' }
  | { readonly state: 'PENDING'; readonly error: string; readonly retryAfterMs: number }
  | {
      readonly state: 'FAILED'
      readonly error: string
      readonly failure: string
      /** Whether the endpoint said that it no longer exists. */
      readonly isGone: boolean
    }

/** No token usage could be read from a response; the message says what was looked for, and where. */
export class TokenUsageUnreadable extends Error {
  readonly code = 'TOKEN_USAGE_UNREADABLE'
  readonly provider: string

  constructor(provider: string, reason: string, options?: ErrorOptions) {
    super(`The token usage of the response by "${provider}" cannot be read: ${reason}`, options)
    this.name = 'TokenUsageUnreadable'
    this.provider = provider
  }
}

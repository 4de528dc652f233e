/** A response has no readable token usage. The message says why. */
export class TokenUsageUnreadable extends Error {
  readonly code = 'TOKEN_USAGE_UNREADABLE'
  readonly provider: string

  constructor(provider: string, reason: string, options?: ErrorOptions) {
    super(`Cannot read the token usage of the response from "${provider}": ${reason}`, options)
    this.name = 'TokenUsageUnreadable'
    this.provider = provider
  }
}

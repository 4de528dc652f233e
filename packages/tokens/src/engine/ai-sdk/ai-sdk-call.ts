/** What version 4 or later of the Vercel AI SDK reports about a call. */
export interface AiSdkCall {
  /** `result.usage`, `result.totalUsage`, or `usage` of a model's result or finish part. */
  readonly usage: unknown
  /** `result.providerMetadata`. Says how the call was served; before version 6, only this has the tokens written to the cache. */
  readonly providerMetadata?: unknown
  /** The model's `provider`, such as "anthropic.messages". Before version 6, the meaning of `inputTokens` depends on it. */
  readonly provider?: string | undefined
  /** `result.response.modelId`. */
  readonly model?: string | null | undefined
}

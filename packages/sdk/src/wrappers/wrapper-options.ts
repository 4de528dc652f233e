import type { MetadataSource } from '@tollgate/metadata'
import type { QuotaRequest, WhenUnavailable } from '../model/quota-decision.ts'
import type { Tollgate } from '../tollgate.ts'

/** What wrappers need of the client. */
export type WrapperTollgate = Pick<Tollgate, 'record' | 'clock' | 'reserve'>

/** How a wrapper meters calls. */
export interface WrapperOptions {
  /** Provider of the calls. Defaults to the one that the wrapped client talks to. */
  readonly provider?: string | undefined
  /** Operation of the calls. Defaults to what was called, such as "chat" or "embeddings". */
  readonly operation?: string | undefined
  /** What all calls are attributed to, merged over the context of each call. */
  readonly metadata?: MetadataSource | undefined
  /** Tenant of the calls. Only for operator keys. */
  readonly tenantId?: string | undefined
  /**
   * What to reserve before each call; over the limit, the call rejects with `QuotaExceeded` and is not sent. `true` reserves one
   * request, and the estimated tokens of the input and the output. Defaults to nothing.
   */
  readonly reserve?: boolean | ((call: PlannedCall) => readonly QuotaRequest[]) | undefined
  /** What to do if Tollgate does not answer when a call is reserved. Defaults to the option of the client. */
  readonly whenUnavailable?: WhenUnavailable | undefined
}

/** A call that is about to be sent. */
export interface PlannedCall {
  readonly provider: string
  readonly model: string | undefined
  readonly operation: string
  /** Estimated tokens of what is sent. */
  readonly inputTokens: number
  /** The limit of output tokens in the request, if it has one. */
  readonly maxOutputTokens: number | undefined
  /** The parameters of the call. */
  readonly request: unknown
}

import type { MetadataSource } from '@tollgate/metadata'
import type { ServedAs, TokenUsageInput, UsageUnit } from '@tollgate/tokens'
import type { DecimalInput } from './decimal-input.ts'
import type { TimeInput } from './time-input.ts'

/** How a call ended. */
export type UsageStatus = 'SUCCESS' | 'FAILURE' | 'RATE_LIMITED'

/** One call or action to report. Wrappers build it, and every `track…` method does. */
export interface CallRecord extends Optional<ServedAs> {
  /** What was done, in your words: "chat_message". Defaults to "ai_call". */
  readonly operation?: string | undefined
  /** Defaults to "SUCCESS". */
  readonly status?: UsageStatus | undefined
  /** Provider of the model: "openai". */
  readonly provider?: string | undefined
  /** Model, as the provider names it. */
  readonly model?: string | undefined
  /** Tokens by pool. Pools are exclusive: a cached input token is in `cacheRead` and not in `input`. */
  readonly tokens?: TokenUsageInput | undefined
  /** What the provider bills besides tokens, such as web searches. */
  readonly units?: readonly UsageUnit[] | undefined
  /** What the provider says that the call cost, in USD. */
  readonly reportedCost?: DecimalInput | undefined
  /** Units of a compute action, such as runs or gigabytes. */
  readonly quantity?: DecimalInput | undefined
  /** Credits to charge, instead of the credit cost of the operation. */
  readonly credits?: DecimalInput | undefined
  /** What the call was, for people: "Synced 50 videos". */
  readonly description?: string | undefined
  /** Kind of the resource that the call worked on: "chat_session". */
  readonly resourceType?: string | undefined
  readonly resourceId?: string | undefined
  readonly latencyMs?: number | undefined
  /** Time until the first part of a streamed response. */
  readonly timeToFirstTokenMs?: number | undefined
  /** HTTP status code of the provider. */
  readonly statusCode?: number | undefined
  readonly errorMessage?: string | undefined
  /** True if the provider reported no usage, so that the tokens are an estimate. */
  readonly estimated?: boolean | undefined
  /** True if the caller ended a stream early. */
  readonly aborted?: boolean | undefined
  /** What the call is attributed to. Merged over the metadata of the context, which is merged over the defaults of the client. */
  readonly metadata?: MetadataSource | undefined
  /** When it happened. Defaults to now. */
  readonly occurredAt?: TimeInput | undefined
  /** Reservation that this call settles. */
  readonly reservationId?: string | null | undefined
  /** Idempotency key of the call. Defaults to a new id. The same id is counted once. */
  readonly callId?: string | undefined
  /** Tenant of the call. Only for operator keys; a tenant key is its tenant. */
  readonly tenantId?: string | undefined
}

type Optional<Type> = { readonly [Field in keyof Type]?: Type[Field] | undefined }

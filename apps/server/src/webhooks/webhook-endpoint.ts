import type { Temporal } from '@tollgate/kernel'
import type { NoticeType } from '../notices/notice.ts'

/** A URL that is told of notices. */
export interface WebhookEndpoint {
  readonly id: string
  /** Whose it is, and whose notices it hears. Null: an operator's, which hears those of all tenants, and of none. */
  readonly tenantId: string | null
  readonly url: string
  /** What it is told of; null: everything, also what there will be one day. */
  readonly types: readonly NoticeType[] | null
  readonly description: string | null
  readonly enabled: boolean
  /** Why it was switched off, where it was not by hand. */
  readonly disabledReason: string | null
  readonly createdAt: Temporal.Instant
  /** Since when no attempt has succeeded; null where the last one did, or none was made. */
  readonly failingSince: Temporal.Instant | null
}

/** An endpoint to be made. */
export interface WebhookEndpointDraft {
  readonly tenantId: string | null
  readonly url: string
  readonly types?: readonly NoticeType[] | null | undefined
  readonly description?: string | null | undefined
}

/** What is to be changed of an endpoint. What is left out stays as it is. */
export interface WebhookEndpointChange {
  readonly url?: string | undefined
  readonly types?: readonly NoticeType[] | null | undefined
  readonly description?: string | null | undefined
  readonly enabled?: boolean | undefined
}

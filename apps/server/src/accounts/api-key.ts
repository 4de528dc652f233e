import type { Temporal } from '@tollgate/kernel'
import type { KeyScope } from './key-scope.ts'

/** A key to the API, without its secret: that is shown once, when the key is made, and kept as a hash only. */
export interface ApiKey {
  readonly id: string
  /** Whose it is; null for an operator's. */
  readonly tenantId: string | null
  readonly name: string
  /** The beginning of the key, "tg_4fGh2kLm", by which people tell keys apart. */
  readonly prefix: string
  readonly scopes: readonly KeyScope[]
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
  readonly revokedAt: Temporal.Instant | null
  /** To a few seconds. */
  readonly lastUsedAt: Temporal.Instant | null
}

/** A key to be made. */
export interface ApiKeyDraft {
  /** Null or left out makes an operator's key. */
  readonly tenantId?: string | null | undefined
  readonly name: string
  /** Where left out: all that this kind of key can carry. */
  readonly scopes?: readonly string[] | null | undefined
  /** Never, where left out. */
  readonly expiresAt?: Temporal.Instant | null | undefined
}

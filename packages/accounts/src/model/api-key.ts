import type { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'

/** An API key without its secret, which is shown once, when the key is created, and kept only as a hash. */
export interface ApiKey {
  readonly id: string
  /** Tenant that the key acts for. Null for an operator key. */
  readonly tenantId: string | null
  readonly name: string
  /** Beginning of the secret, such as "tg_4fGh2kLm", by which people tell keys apart. */
  readonly prefix: string
  /** What the key may do: names out of `KeyScopes`. */
  readonly scopes: readonly string[]
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
  readonly revokedAt: Temporal.Instant | null
  /** Accurate to a few seconds. */
  readonly lastUsedAt: Temporal.Instant | null
  /** Until when the secret works that the last rotation replaced. Null if the key was never rotated. */
  readonly previousSecretExpiresAt: Temporal.Instant | null
}

/** An API key to create. */
export interface ApiKeyDraft {
  /** Absent or null makes an operator key. */
  readonly tenantId?: string | null | undefined
  readonly name: string
  /** Defaults to every scope that both this kind of key and its creator can have. */
  readonly scopes?: readonly string[] | null | undefined
  /** Defaults to never. */
  readonly expiresAt?: TimeInput | null | undefined
}

/** How to rotate a key. */
export interface ApiKeyRotation {
  /** Until when the old secret works. A time that has passed ends it at once. Defaults to 24 hours from now. At most 90 days. */
  readonly previousSecretExpiresAt?: TimeInput | null | undefined
}

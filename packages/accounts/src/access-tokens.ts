import type { Temporal } from '@tollgate/kernel'
import type { AccessTokenDraft } from './model/check-access-token-draft.ts'
import type { AuthenticationFailure } from './model/not-authenticated.ts'
import type { TenantViewer, Viewer } from './model/viewer.ts'

/** Short-lived tokens for browsers, which must not hold API keys. A token only reads: one tenant, or one customer of it. */
export interface AccessTokens {
  /** Signs a token with the rights of its creator, or fewer. Throws `InvalidInput` and `Forbidden`. */
  create(draft: AccessTokenDraft, creator: Viewer): Promise<{ token: string; expiresAt: Temporal.Instant }>
  /** Returns who a token stands for, or why it is not valid. Every call reads the store, so that a token ends with its API key. */
  verify(token: string): Promise<TenantViewer | AuthenticationFailure>
  /** Makes a new signing key. Tokens that exist stay valid until they expire, unless they are revoked. */
  rotateSigningKey(options?: { readonly revokeTokens?: boolean }): Promise<void>
}

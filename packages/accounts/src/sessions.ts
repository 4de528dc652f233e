import type { Temporal } from '@tollgate/kernel'
import type { AuthenticationFailure } from './model/not-authenticated.ts'
import type { Viewer } from './model/viewer.ts'

/** The token of a session that was begun or renewed. */
export interface SessionToken {
  readonly token: string
  readonly expiresAt: Temporal.Instant
  /** When the session ends. Until then it can be renewed. */
  readonly endsAt: Temporal.Instant
}

/** Sessions for people in browsers, which must not keep API keys. A session may do what its key may, and ends with it. */
export interface Sessions {
  /** Begins a session of the viewer's key, or renews the session that the viewer has. Throws `Forbidden` for an access token. */
  create(viewer: Viewer): Promise<SessionToken>
  /** Returns who a token stands for, or why it is not valid. Every call reads the store, so that a session ends with its key. */
  verify(token: string): Promise<Viewer | AuthenticationFailure>
}

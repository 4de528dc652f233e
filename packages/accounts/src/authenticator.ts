import type { NotAuthenticated } from './model/not-authenticated.ts'
import type { Viewer } from './model/viewer.ts'

/** Identifies the sender of a request by its `Authorization` header, `Bearer <key>`. */
export interface Authenticator {
  /**
   * Returns why a request cannot be authenticated. Null means that there is no header. `address` is where the request came
   * from: an address that tries too many unknown keys has to wait, unless its key was valid before. Without it, attempts are
   * not limited. Throws `TooManyAttempts`; otherwise rejects only if the store fails.
   */
  authenticate(authorization: string | null, address?: string): Promise<Viewer | NotAuthenticated>
  /**
   * Identifies the sender while the database cannot be read: by what this process last read of the key, within 24 hours,
   * and with the offline scopes only. Returns undefined if the key is not known.
   */
  authenticateOffline(authorization: string | null): Viewer | undefined
}

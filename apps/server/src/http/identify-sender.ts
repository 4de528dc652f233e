import { type Authenticator, NotAuthenticated, type Viewer } from '@tollgate/accounts'
import { isDatabaseUnavailable } from '@tollgate/postgres'
import { networkOf } from './network-of.ts'

/** The sender of a request, identified by its headers. */
export interface Sender {
  /** `NotAuthenticated` only if there is no key. */
  readonly authentication: Viewer | NotAuthenticated
  /** Whether the database could not be read, so that the sender may do only what works without it. */
  readonly isOffline: boolean
}

/**
 * Identifies the sender of a request before its body is read. Returns `NotAuthenticated` for a key that is not valid. Throws
 * if keys cannot be checked. With `offline`, does not ask the database, and returns undefined for a key that is not known.
 */
export async function identifySender(
  authenticator: Authenticator,
  authorization: string | null,
  { offline, address }: { readonly offline: boolean; readonly address?: string },
): Promise<Sender | NotAuthenticated | undefined> {
  if (offline) return identifyOffline(authenticator, authorization)
  try {
    const authentication = await authenticator.authenticate(authorization, networkOf(address))
    const isRefused = authentication instanceof NotAuthenticated && authentication.reason !== 'missing'
    return isRefused ? authentication : { authentication, isOffline: false }
  } catch (error) {
    const known = isDatabaseUnavailable(error) ? identifyOffline(authenticator, authorization) : undefined
    if (known === undefined) throw error
    return known
  }
}

function identifyOffline(authenticator: Authenticator, authorization: string | null): Sender | undefined {
  const viewer = authenticator.authenticateOffline(authorization)
  return viewer && { authentication: viewer, isOffline: true }
}

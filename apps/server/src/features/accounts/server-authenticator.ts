import { type Authenticator, type AuthenticatorDependencies, createAuthenticator } from '@tollgate/accounts'
import { features } from '../index.ts'
import { SCOPES_OF_KEYS } from './key-scopes.ts'

const OFFLINE_SCOPES = features.flatMap(({ offline }) => offline?.keyScopes ?? [])

/** Creates the authenticator of the server, with the server's scopes. */
export function serverAuthenticator(
  dependencies: Pick<AuthenticatorDependencies, 'accounts' | 'accessTokens' | 'sessions' | 'signInCodes' | 'clock' | 'operatorKey'>,
): Authenticator {
  return createAuthenticator({ ...dependencies, keyScopes: SCOPES_OF_KEYS, offlineScopes: OFFLINE_SCOPES })
}

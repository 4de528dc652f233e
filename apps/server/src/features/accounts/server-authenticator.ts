import { type Authenticator, type AuthenticatorDependencies, createAuthenticator } from '@tollgate/accounts'
import { features } from '../index.ts'
import { OPERATOR_ONLY_SCOPES, TENANT_KEY_SCOPES } from './key-scopes.ts'

const OFFLINE_SCOPES = features.flatMap(({ offline }) => offline?.keyScopes ?? [])

/** Creates the authenticator of the server, with the server's scopes. */
export function serverAuthenticator(
  dependencies: Pick<AuthenticatorDependencies, 'accounts' | 'accessTokens' | 'sessions' | 'signInCodes' | 'clock' | 'operatorKey'>,
): Authenticator {
  return createAuthenticator({ ...dependencies, keyScopes: { tenant: TENANT_KEY_SCOPES, operatorOnly: OPERATOR_ONLY_SCOPES }, offlineScopes: OFFLINE_SCOPES })
}

import { type Authenticator, type AuthenticatorDependencies, createAuthenticator } from '@tollgate/accounts'
import { type KeyScope, OPERATOR_ONLY_SCOPES, TENANT_KEY_SCOPES } from './key-scopes.ts'

/** While the database does not answer, policies that fail open still decide. */
const OFFLINE_SCOPES: readonly KeyScope[] = ['quotas:use']

/** Creates the authenticator of the server, with the server's scopes. */
export function serverAuthenticator(dependencies: Pick<AuthenticatorDependencies, 'accounts' | 'clock' | 'operatorKey'>): Authenticator {
  return createAuthenticator({ ...dependencies, keyScopes: { tenant: TENANT_KEY_SCOPES, operatorOnly: OPERATOR_ONLY_SCOPES }, offlineScopes: OFFLINE_SCOPES })
}

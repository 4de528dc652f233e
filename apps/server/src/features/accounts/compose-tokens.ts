import { type AccessTokensDependencies, createAccessTokens, createSessions, createSignInCodes } from '@tollgate/accounts'
import type { ChangeRecorder } from '../../audited-changes/change-recorder.ts'
import type { Tollgate } from '../../tollgate.ts'
import { anonymisedAccessTokens } from './anonymisation/anonymised-access-tokens.ts'
import type { MetadataPolicies } from './anonymisation/metadata-policies.ts'
import { auditedAccessTokens, auditedSessions } from './audited-account-stores.ts'
import { CUSTOMER_TOKEN_SCOPES, NAMED_TOKEN_SCOPES, SCOPES_OF_KEYS, TENANT_TOKEN_SCOPES } from './key-scopes.ts'
import { operatorSignInCodes } from './operator-sign-in-codes.ts'

const TOKEN_SCOPES = { tenant: TENANT_TOKEN_SCOPES, customer: CUSTOMER_TOKEN_SCOPES, onlyIfNamed: NAMED_TOKEN_SCOPES }

/** Composes what stands for a key: the access tokens of customers' browsers, the sessions of people, and the codes that begin one. */
export function composeTokens({
  changes,
  policies,
  ...dependencies
}: Omit<AccessTokensDependencies, 'tokenScopes'> & { readonly changes: ChangeRecorder; readonly policies: MetadataPolicies }): Pick<
  Tollgate,
  'accessTokens' | 'sessions' | 'signInCodes'
> {
  const accessTokens = createAccessTokens({ ...dependencies, tokenScopes: TOKEN_SCOPES })
  return {
    accessTokens: anonymisedAccessTokens(auditedAccessTokens(accessTokens, changes), policies),
    sessions: auditedSessions(createSessions({ ...dependencies, keyScopes: SCOPES_OF_KEYS }), changes),
    signInCodes: operatorSignInCodes(createSignInCodes(dependencies.clock), changes),
  }
}

import { type AccessTokens, type AccessTokensDependencies, createAccessTokens } from '@tollgate/accounts'
import type { ChangeRecorder } from '../../audited-changes/change-recorder.ts'
import { anonymisedAccessTokens } from './anonymisation/anonymised-access-tokens.ts'
import type { MetadataPolicies } from './anonymisation/metadata-policies.ts'
import { auditedAccessTokens } from './audited-account-stores.ts'
import { CUSTOMER_TOKEN_SCOPES, NAMED_TOKEN_SCOPES, TENANT_TOKEN_SCOPES } from './key-scopes.ts'

/** Composes access tokens: what creates one is audited, and metadata in it is anonymised. */
export function composeAccessTokens(
  dependencies: Omit<AccessTokensDependencies, 'tokenScopes'>,
  { changes, policies }: { readonly changes: ChangeRecorder; readonly policies: MetadataPolicies },
): AccessTokens {
  const tokenScopes = { tenant: TENANT_TOKEN_SCOPES, customer: CUSTOMER_TOKEN_SCOPES, onlyIfNamed: NAMED_TOKEN_SCOPES }
  return anonymisedAccessTokens(auditedAccessTokens(createAccessTokens({ ...dependencies, tokenScopes }), changes), policies)
}

export type { AccessTokens } from './access-tokens.ts'
export type { AccountStore } from './account-store.ts'
export type { Accounts } from './accounts.ts'
export type { ApiKeyQuery, ApiKeyStore, Revocation, SecretRotation } from './api-key-store.ts'
export type { Authenticator } from './authenticator.ts'
export { type AccessTokensDependencies, createAccessTokens } from './create-access-tokens.ts'
export { createSignedLinks, MAX_LINK_TTL_SECONDS, type SignedLinksDependencies } from './create-signed-links.ts'
export { type AccountsDependencies, createAccounts } from './create-accounts.ts'
export { createSessions, type SessionsDependencies } from './create-sessions.ts'
export { type AuthenticatorDependencies, createAuthenticator } from './create-authenticator.ts'
export type { ApiKey, ApiKeyDraft, ApiKeyRotation } from './model/api-key.ts'
export type { AccessTokenDraft, TokenScopes } from './model/check-access-token-draft.ts'
export { allScopes, type KeyScopes } from './model/key-scopes.ts'
export { type AuthenticationFailure, NotAuthenticated } from './model/not-authenticated.ts'
export type { MetadataRule } from './model/metadata-rule.ts'
export type { MetadataRuleDraft, Tenant, TenantDraft, TenantUpdate } from './model/tenant.ts'
export { type AccessTokenUse, type OperatorViewer, scopeOf, type SessionUse, type TenantViewer, type Viewer } from './model/viewer.ts'
export { TooManyAttempts } from './model/too-many-attempts.ts'
export type { SessionToken, Sessions } from './sessions.ts'
export { createSignInCodes, type SignInCode, type SignInCodes } from './sign-in-codes.ts'
export type { LinkFailure, SignedLink, SignedLinks } from './signed-links.ts'
export type { SigningKey } from './model/signing-key.ts'
export type { SigningKeyStore, TokenKeys, TokenKeysQuery } from './signing-key-store.ts'
export type { TenantChange, TenantStore } from './tenant-store.ts'
export type { TestClock } from './model/test-clock.ts'
export type { TestClockStore } from './test-clock-store.ts'
export {
  createTestClocks,
  MAX_ADVANCE_DAYS,
  MAX_TEST_CLOCKS,
  TenantHasData,
  type TestClockAdvance,
  type TestClockDraft,
  type TestClocks,
  type TestClocksDependencies,
} from './test-clocks.ts'

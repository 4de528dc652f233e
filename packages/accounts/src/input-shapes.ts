import { inputShape } from '@tollgate/kernel/input'
import type { PageRequest } from '@tollgate/kernel'
import type { ApiKeyQuery } from './api-key-store.ts'
import type { ApiKeyDraft, ApiKeyRotation } from './model/api-key.ts'
import type { AccessTokenDraft } from './model/check-access-token-draft.ts'
import type { MetadataRuleDraft, TenantDraft, TenantUpdate } from './model/tenant.ts'
import type { SignedLink } from './signed-links.ts'

const TENANT_FIELDS = {
  id: 'text',
  name: 'text',
  tier: 'text?',
  timeZone: 'text?',
  currency: 'text?',
  billingAnchorDay: 'number?',
  metadataRules: 'list?',
} as const satisfies Record<keyof TenantDraft, string>
const PAGE_FIELDS = { first: 'number?', after: 'text?' } as const

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  tenant: inputShape<TenantDraft>(TENANT_FIELDS),
  tenantUpdate: inputShape<TenantUpdate>({ ...TENANT_FIELDS, name: 'text?' }),
  metadataRule: inputShape<MetadataRuleDraft>({ field: 'text', action: 'text', length: 'number?' }),
  page: inputShape<PageRequest>(PAGE_FIELDS),
  apiKey: inputShape<ApiKeyDraft>({ tenantId: 'text?', name: 'text', scopes: 'list?', expiresAt: 'time?' }),
  rotation: inputShape<ApiKeyRotation>({ previousSecretExpiresAt: 'time?' }),
  apiKeys: inputShape<ApiKeyQuery>({ tenantId: 'text?', includeRevoked: 'boolean?', ...PAGE_FIELDS }),
  accessToken: inputShape<AccessTokenDraft>({ tenantId: 'text', customerId: 'text?', scopes: 'list?', ttlSeconds: 'number?' }),
  signingKeyRotation: inputShape<{ readonly revokeTokens?: boolean }>({ revokeTokens: 'boolean?' }),
  link: inputShape<SignedLink>({ tenantId: 'text', resource: 'text' }),
  lifetime: inputShape<{ readonly ttlSeconds: number }>({ ttlSeconds: 'number' }),
} as const

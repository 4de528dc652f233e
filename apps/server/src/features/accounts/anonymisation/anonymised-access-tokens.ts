import type { AccessTokens } from '@tollgate/accounts'
import type { MetadataPolicies } from './metadata-policies.ts'

/** Access tokens that name their customer by the id that the rules of its tenant store. */
export function anonymisedAccessTokens(accessTokens: AccessTokens, policies: MetadataPolicies): AccessTokens {
  return {
    ...accessTokens,
    async create(draft, creator) {
      if (!policies.isLoaded()) await policies.load()
      const { tenantId, customerId } = draft
      const tenant = tenantId ?? (creator.kind === 'tenant' ? creator.tenantId : '')
      const known = typeof customerId === 'string' ? policies.of(tenant)?.stored('customerId', customerId) : undefined
      return accessTokens.create(known === undefined ? draft : { ...draft, customerId: known }, creator)
    },
  }
}

import type { Credits } from '@tollgate/credits'
import type { MetadataPolicies } from './metadata-policies.ts'

/** Credits whose wallets of customers are those that usage debits: by the ids that the rules of their tenant store. */
export function anonymisedCredits(credits: Credits, policies: MetadataPolicies): Credits {
  async function stored<Owner extends { readonly tenantId: string; readonly customerId?: string | null | undefined }>(owner: Owner): Promise<Owner> {
    const { tenantId, customerId } = owner
    if (typeof customerId !== 'string') return owner
    if (!policies.isLoaded()) await policies.load()
    const known = policies.of(tenantId)?.stored('customerId', customerId)
    return known === undefined ? owner : { ...owner, customerId: known }
  }
  return {
    ...credits,
    grant: async input => credits.grant(await stored(input)),
    spend: async input => credits.spend(await stored(input)),
    reserve: async input => credits.reserve(await stored(input)),
    transfer: async input => {
      const { tenantId } = input
      const [from, to] = await Promise.all([input.fromCustomerId, input.toCustomerId].map(async customerId => stored({ tenantId, customerId })))
      return credits.transfer({ ...input, fromCustomerId: from?.customerId ?? null, toCustomerId: to?.customerId ?? null })
    },
    payer: async owner => credits.payer(await stored(owner)),
    setTerms: async input => credits.setTerms(await stored(input)),
    setAllowance: async input => credits.setAllowance(await stored(input)),
    wallet: async owner => credits.wallet(await stored(owner)),
    entries: async input => credits.entries(await stored(input)),
    alertHistory: async (scope, query) => {
      const [tenantId] = scope.kind === 'operator' ? [] : scope.tenantIds
      return credits.alertHistory(scope, tenantId === undefined ? query : { ...query, customerId: (await stored({ tenantId, ...query })).customerId })
    },
    balanceAt: async (owner, time) => credits.balanceAt(await stored(owner), time),
    consumedBefore: async (owner, time) => credits.consumedBefore(await stored(owner), time),
    burnDown: async (owner, input) => credits.burnDown(await stored(owner), input),
  }
}

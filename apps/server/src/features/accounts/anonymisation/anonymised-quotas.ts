import type { MetadataField } from '@tollgate/metadata'
import type { DimensionValues, Quotas } from '@tollgate/quotas'
import type { MetadataPolicies } from './metadata-policies.ts'

/** The field of metadata of each dimension that has one. */
const FIELDS = {
  customer: 'customerId',
  organization: 'organizationId',
  product: 'productId',
  feature: 'featureId',
  tier: 'subscriptionTier',
  environment: 'environment',
  taskType: 'taskType',
  session: 'sessionId',
} as const satisfies Partial<Record<keyof DimensionValues, MetadataField>>

/** Quotas that count a value under what its tenant's rules store for it, before and after the work. */
export function anonymisedQuotas(quotas: Quotas, policies: MetadataPolicies): Quotas {
  // While the database is down, decisions that need no counter are still made.
  const loaded = () => (policies.isLoaded() ? undefined : policies.load().catch(() => {}))
  async function stored<Input extends { readonly tenantId: string; readonly dimensions?: DimensionValues | undefined }>(input: Input): Promise<Input> {
    await loaded()
    const rewriter = policies.of(input.tenantId)
    if (rewriter === undefined || input.dimensions === undefined) return input
    const dimensions: Record<string, string | null | undefined> = { ...input.dimensions }
    for (const [dimension, field] of Object.entries(FIELDS)) {
      const value = dimensions[dimension]
      if (typeof value === 'string') dimensions[dimension] = rewriter.stored(field, value) ?? null
    }
    return { ...input, dimensions }
  }
  return {
    ...quotas,
    enforce: input => (hasNoRules(input.tenantId) ? quotas.enforce(input) : stored(input).then(quotas.enforce)),
    reserve: input => (hasNoRules(input.tenantId) ? quotas.reserve(input) : stored(input).then(quotas.reserve)),
    consume: input => (hasNoRules(input.tenantId) ? quotas.consume(input) : stored(input).then(quotas.consume)),
    async status(input) {
      await loaded()
      const { tenantId, customerId } = input
      const known = customerId === undefined ? undefined : policies.of(tenantId)?.stored('customerId', customerId)
      return quotas.status(known === undefined ? input : { ...input, customerId: known })
    },
    async history(input) {
      await loaded()
      const rewriter = policies.of(input.tenantId)
      if (rewriter === undefined || input.scopeValue === undefined) return quotas.history(input)
      const scope = input.scope ?? []
      const scopeValue = input.scopeValue.map((value, i) => {
        const field = FIELDS[scope[i] as keyof typeof FIELDS] as MetadataField | undefined
        return value === null || field === undefined ? value : (rewriter.stored(field, value) ?? null)
      })
      return quotas.history({ ...input, scopeValue })
    },
  }

  function hasNoRules(tenantId: string): boolean {
    return policies.isLoaded() && policies.of(tenantId) === undefined
  }
}

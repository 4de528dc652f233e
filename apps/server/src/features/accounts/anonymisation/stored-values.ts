import type { Scope } from '@tollgate/kernel'
import type { MetadataField, MetadataRewriter } from '@tollgate/metadata'
import type { UsageFilter } from '@tollgate/usage'
import type { MetadataPolicies } from './metadata-policies.ts'

/** The field of metadata that each list of a filter is about. */
const FILTER_FIELDS = {
  customers: 'customerId',
  organizations: 'organizationId',
  products: 'productId',
  features: 'featureId',
  tiers: 'subscriptionTier',
  environments: 'environment',
  taskTypes: 'taskType',
  sessions: 'sessionId',
  requests: 'requestId',
  traces: 'traceId',
} as const satisfies Partial<Record<keyof UsageFilter, MetadataField>>

/** Returns the scope of a customer by the id that is stored for it. */
export function storedScope(policies: MetadataPolicies, scope: Scope): Scope {
  if (scope.kind === 'operator' || scope.customerId === undefined) return scope
  const customerId = policies.of(scope.tenantIds[0] ?? '')?.stored('customerId', scope.customerId)
  return customerId === undefined ? scope : { ...scope, customerId }
}

/** Returns a filter that also finds the values that are stored for those that it asks for. It still finds those stored before there were rules. */
export function storedFilter<Filter extends Omit<UsageFilter, 'cost'>>(policies: MetadataPolicies, scope: Scope, filter: Filter): Filter {
  const rewriters = rewritersOf(policies, scope)
  if (rewriters.length === 0) return filter
  const changed: Record<string, readonly string[]> = {}
  for (const [list, field] of Object.entries(FILTER_FIELDS)) {
    const values = filter[list as keyof typeof FILTER_FIELDS]
    if (values === undefined || values === null) continue
    const stored = values.flatMap(value => rewriters.map(rewriter => rewriter.stored(field, value) ?? value))
    changed[list] = [...new Set([...values, ...stored])]
  }
  if (filter.identifiers !== undefined) changed['identifiers'] = [...new Set([...filter.identifiers, ...storedIdentifiers(rewriters, filter.identifiers)])]
  return { ...filter, ...changed }
}

const IDENTIFYING = ['sessionId', 'requestId', 'traceId'] as const

function storedIdentifiers(rewriters: readonly MetadataRewriter[], values: readonly string[]): readonly string[] {
  return values.flatMap(value => rewriters.flatMap(rewriter => IDENTIFYING.map(field => rewriter.stored(field, value) ?? value)))
}

function rewritersOf(policies: MetadataPolicies, scope: Scope): readonly MetadataRewriter[] {
  if (scope.kind === 'operator') return policies.all()
  return scope.tenantIds.map(id => policies.of(id)).filter(rewriter => rewriter !== undefined)
}

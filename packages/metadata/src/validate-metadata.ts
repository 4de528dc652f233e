import type { Finding } from './finding.ts'
import { idFormat } from './id-format.ts'
import type { Metadata, MetadataField } from './metadata.ts'

/** Without these, no report by customer, by feature, or of production alone. */
const CORE_FIELDS = {
  customerId: 'customer profitability',
  featureId: 'feature economics',
  environment: 'keeping production apart from the rest',
} as const satisfies Partial<Record<MetadataField, string>>

/** The prefixes that the tagging strategies use. */
const USUAL_PREFIXES = {
  customerId: ['cust_'],
  organizationId: ['org_', 'dept_'],
  productId: ['product_', 'app_', 'team_'],
} as const satisfies Partial<Record<MetadataField, readonly string[]>>

const USUAL_ENVIRONMENTS: readonly string[] = ['production', 'staging', 'development', 'test']
const ENVIRONMENT_SYNONYMS: Readonly<Record<string, string>> = {
  prod: 'production',
  live: 'production',
  stage: 'staging',
  stg: 'staging',
  dev: 'development',
  local: 'development',
  testing: 'test',
  ci: 'test',
}

/**
 * Advises on metadata that may well be recorded: core fields that are missing, ids that are not formed like their
 * kind, and environments with an unusual name. Nothing found means nothing to improve. UUIDs are always well formed.
 */
export function validateMetadata(metadata: Metadata): readonly Finding[] {
  return [...missingFields(metadata), ...oddIds(metadata), ...oddEnvironment(metadata)]
}

function missingFields(metadata: Metadata): Finding[] {
  return entriesOf(CORE_FIELDS)
    .filter(([field]) => metadata[field] === undefined)
    .map(([field, purpose]) => ({ kind: 'missing', field, message: `is missing; it is needed for ${purpose}` }))
}

function oddIds(metadata: Metadata): Finding[] {
  return entriesOf(USUAL_PREFIXES).flatMap(([field, prefixes]): Finding[] => {
    const id = metadata[field]
    if (id === undefined) return []
    const format = idFormat(id)
    if (format === 'uuid' || (prefixes as readonly string[]).includes(format)) return []
    return [{ kind: 'id_format', field, message: `is "${id}"; ids of one kind are told apart by one prefix, such as "${prefixes[0]}"` }]
  })
}

function oddEnvironment({ environment }: Metadata): Finding[] {
  if (environment === undefined || USUAL_ENVIRONMENTS.includes(environment)) return []
  const name = environment.toLowerCase()
  const usual = Object.hasOwn(ENVIRONMENT_SYNONYMS, name) ? ENVIRONMENT_SYNONYMS[name] : USUAL_ENVIRONMENTS.find(known => known === name)
  const better = usual === undefined ? `the usual ones are ${USUAL_ENVIRONMENTS.join(', ')}` : `"${usual}" is usual`
  return [{ kind: 'environment', field: 'environment', message: `is "${environment}"; ${better}, and every spelling is a group of its own` }]
}

function entriesOf<Value extends object>(record: Value): [keyof Value, Value[keyof Value]][] {
  return Object.entries(record) as [keyof Value, Value[keyof Value]][]
}

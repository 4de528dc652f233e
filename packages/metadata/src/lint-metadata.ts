import { idFormat } from './id-format.ts'
import { metadataOf, type MetadataSource } from './merge-metadata.ts'
import type { Metadata, MetadataField } from './metadata.ts'
import type { MetadataWarning } from './metadata-warning.ts'

/** Fields that common reports need, and the report that needs each of them. */
const CORE_FIELDS = {
  customerId: 'customer profitability',
  featureId: 'feature economics',
  environment: 'separating production from other environments',
} as const satisfies Partial<Record<MetadataField, string>>

/** Prefixes that the tagging strategies use. */
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
 * Returns warnings about valid metadata: missing core fields, ids without the usual prefix of their kind, and unusual
 * names of environments. UUIDs need no prefix.
 */
export function lintMetadata(source: MetadataSource): readonly MetadataWarning[] {
  const metadata = metadataOf(source)
  return [...missingFields(metadata), ...unusualIds(metadata), ...unusualEnvironment(metadata)]
}

function missingFields(metadata: Metadata): MetadataWarning[] {
  return entriesOf(CORE_FIELDS)
    .filter(([field]) => metadata[field] === undefined)
    .map(([field, purpose]) => ({ kind: 'missing', field, message: `is missing, but needed for ${purpose}` }))
}

function unusualIds(metadata: Metadata): MetadataWarning[] {
  return entriesOf(USUAL_PREFIXES).flatMap(([field, prefixes]): MetadataWarning[] => {
    const id = metadata[field]
    if (id === undefined) return []
    const format = idFormat(id)
    if (format === 'uuid' || (prefixes as readonly string[]).includes(format)) return []
    return [{ kind: 'id_format', field, message: `is "${id}"; start all ids of this kind with a prefix such as "${prefixes[0]}"` }]
  })
}

function unusualEnvironment({ environment }: Metadata): MetadataWarning[] {
  if (environment === undefined || USUAL_ENVIRONMENTS.includes(environment)) return []
  const name = environment.toLowerCase()
  const usual = Object.hasOwn(ENVIRONMENT_SYNONYMS, name) ? ENVIRONMENT_SYNONYMS[name] : USUAL_ENVIRONMENTS.find(known => known === name)
  const advice = usual === undefined ? `usual names are ${USUAL_ENVIRONMENTS.join(', ')}` : `use "${usual}"`
  return [{ kind: 'environment', field: 'environment', message: `is "${environment}"; ${advice}, because every spelling is grouped separately` }]
}

function entriesOf<Value extends object>(record: Value): [keyof Value, Value[keyof Value]][] {
  return Object.entries(record) as [keyof Value, Value[keyof Value]][]
}

import { idFormat } from './id-format.ts'
import { metadataOf, type MetadataSource } from './merge-metadata.ts'
import type { Metadata, MetadataField } from './metadata.ts'
import type { MetadataWarning } from './metadata-warning.ts'

/** Fields that common reports need, and the report that needs each of them. */
const CORE_FIELDS: readonly (readonly [MetadataField, report: string])[] = [
  ['customerId', 'customer profitability'],
  ['featureId', 'feature economics'],
  ['environment', 'separating production from other environments'],
]

/** Prefixes that the tagging strategies use. */
const USUAL_PREFIXES: readonly (readonly [MetadataField, string, ...string[]])[] = [
  ['customerId', 'cust_'],
  ['organizationId', 'org_', 'dept_'],
  ['productId', 'product_', 'app_', 'team_'],
]

/** Names of environments: the usual one, and others for the same. */
const ENVIRONMENTS: readonly (readonly [string, ...string[]])[] = [
  ['production', 'prod', 'live'],
  ['staging', 'stage', 'stg'],
  ['development', 'dev', 'local'],
  ['test', 'testing', 'ci'],
]

/**
 * Returns warnings about valid metadata: missing core fields, ids without the usual prefix of their kind, and unusual
 * names of environments. UUIDs need no prefix.
 */
export function lintMetadata(source: MetadataSource): readonly MetadataWarning[] {
  const metadata = metadataOf(source)
  return [...missingFields(metadata), ...unusualIds(metadata), ...unusualEnvironment(metadata)]
}

function missingFields(metadata: Metadata): MetadataWarning[] {
  return CORE_FIELDS.filter(([field]) => metadata[field] === undefined).map(([field, report]) => ({
    kind: 'missing',
    field,
    message: `is missing, but needed for ${report}`,
  }))
}

function unusualIds(metadata: Metadata): MetadataWarning[] {
  return USUAL_PREFIXES.flatMap(([field, ...prefixes]): MetadataWarning[] => {
    const id = metadata[field]
    if (id === undefined || ['uuid', ...prefixes].includes(idFormat(id))) return []
    return [{ kind: 'id_format', field, message: `is "${id}"; start all ids of this kind with a prefix such as "${prefixes[0]}"` }]
  })
}

function unusualEnvironment({ environment }: Metadata): MetadataWarning[] {
  if (environment === undefined) return []
  const usual = ENVIRONMENTS.find(names => names.includes(environment.toLowerCase()))?.[0]
  if (usual === environment) return []
  const advice = usual === undefined ? `usual names are ${ENVIRONMENTS.map(([name]) => name).join(', ')}` : `use "${usual}"`
  return [{ kind: 'environment', field: 'environment', message: `is "${environment}"; ${advice}, because every spelling is grouped separately` }]
}

import { RARE_TOKEN_POOLS } from '@tollgate/tokens'
import type { UsageReport } from '@tollgate/usage'
import type { GraphQLResolveInfo } from 'graphql'
import { selects } from '../../../../graphql/relay/selected-fields.ts'

/** What to read besides plain sums. */
export type MeasureOptions = Required<NonNullable<Parameters<UsageReport['totals']>[0]>>

const DETAILS: readonly (readonly string[])[] = [['units'], ['unpricedReasons'], ...RARE_TOKEN_POOLS.map(pool => ['tokens', pool])]

/** Leads from a field to measures. */
type Path = readonly string[]

const HERE: readonly Path[] = [[]]

/** Returns which measures the client selected that cost more than sums. `paths` lead to measures; without any, the field has them. */
export function selectedMeasures(info: GraphQLResolveInfo, paths: readonly Path[] = HERE): MeasureOptions {
  const isSelected = (part: Path) => paths.some(path => selects(info, [...path, ...part]))
  return { latency: isSelected(['latencyMs']), details: DETAILS.some(isSelected), customers: isSelected(['customers']) }
}

/** Returns whether the client selected a charge of measures. */
export function selectsCharge(info: GraphQLResolveInfo, paths: readonly Path[] = HERE): boolean {
  return paths.some(path => selects(info, [...path, 'charge']))
}

import { RARE_TOKEN_POOLS } from '@tollgate/tokens'
import type { GraphQLResolveInfo } from 'graphql'
import { selects } from '../../../../graphql/relay/selected-fields.ts'

const DETAILS: readonly (readonly string[])[] = [['units'], ['unpricedReasons'], ...RARE_TOKEN_POOLS.map(pool => ['tokens', pool])]

/** Returns whether the client selected a part of measures that has tables of its own. `path` leads to the measures. */
export function selectsDetails(info: GraphQLResolveInfo, path: readonly string[] = []): boolean {
  return DETAILS.some(detail => selects(info, [...path, ...detail]))
}

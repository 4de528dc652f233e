import { InvalidInput, type Scope } from '@tollgate/kernel'
import type { GraphQLResolveInfo } from 'graphql'
import { requireScope } from '../../../graphql/authorize.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { requireLive } from '../../../graphql/live/require-live.ts'
import type { DemandStream } from '../../../live/demand-stream.ts'
import { liveUsage } from '../live/live-usage.ts'
import type { UsageTotals } from '../live/usage-totals.ts'
import { selectedMeasures } from './report/selected-measures.ts'

/** Totals to follow, and where a client selected them. */
export interface FollowUsageRequest {
  readonly scope: Scope
  readonly customerId: string | null
  readonly info: GraphQLResolveInfo
  /** Path of `UsageUpdate` below the field being resolved. */
  readonly path: readonly string[]
}

/** Follows totals of usage, and reads only what is selected. Throws `Forbidden` for a viewer who may not read usage. */
export function followUsage(context: GraphQLContext, { scope, customerId, info, path }: FollowUsageRequest): DemandStream<UsageTotals> {
  requireScope(context.viewer, 'usage:read')
  const periods = [
    [...path, 'today'],
    [...path, 'month'],
  ]
  const { latency, details } = selectedMeasures(info, periods)
  const tenantId = scope.kind === 'operator' ? null : (scope.tenantIds[0] ?? null)
  if (tenantId === null && customerId !== null) throw new InvalidInput([{ path: 'tenantId', message: 'is required with customerId' }])
  return requireLive(context).source(liveUsage).follow({ tenantId, customerId, latency, details })
}

import type { AlertEvent } from '@tollgate/alerts'
import type { Scope } from '@tollgate/kernel'
import { requireScope } from '../../../graphql/authorize.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { followAfter } from '../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../graphql/live/require-live.ts'
import type { TailStream } from '../../../live/tail.ts'
import { liveAlerts } from '../live.ts'

/** Follows alert events after a position. Throws `Forbidden` for a viewer who may not read them. */
export function followAlerts(context: GraphQLContext, scope: Scope, position: bigint | undefined): Promise<TailStream<AlertEvent>> {
  requireScope(context.viewer, 'usage:read')
  return followAfter(requireLive(context).source(liveAlerts), scope, position)
}

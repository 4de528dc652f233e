import type { QuotaAlert } from '@tollgate/quotas'
import type { Scope } from '@tollgate/kernel'
import { requireScope } from '../../../../graphql/authorize.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { followAfter } from '../../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../../graphql/live/require-live.ts'
import type { TailStream } from '../../../../live/tail.ts'
import { liveQuotaAlerts } from '../../live.ts'

/** Follows quota alerts after a position. Throws `Forbidden` for a viewer who may not read them. */
export function followQuotaAlerts(context: GraphQLContext, scope: Scope, position: bigint | undefined): Promise<TailStream<QuotaAlert>> {
  requireScope(context.viewer, 'quotas:read')
  return followAfter(requireLive(context).source(liveQuotaAlerts), scope, position)
}

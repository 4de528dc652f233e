import type { CreditAlert } from '@tollgate/credits'
import type { Scope } from '@tollgate/kernel'
import { requireScope } from '../../../graphql/authorize.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { followAfter } from '../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../graphql/live/require-live.ts'
import type { TailStream } from '../../../live/tail.ts'
import { liveCreditAlerts } from '../live.ts'

/** Follows credit alerts after a position. Throws `Forbidden` for a viewer who may not read them. */
export function followCreditAlerts(context: GraphQLContext, scope: Scope, position: bigint | undefined): Promise<TailStream<CreditAlert>> {
  requireScope(context.viewer, 'credits:read')
  return followAfter(requireLive(context).source(liveCreditAlerts), scope, position)
}

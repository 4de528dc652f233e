import type { InvoiceEvent } from '@tollgate/invoicing/events'
import type { Scope } from '@tollgate/kernel'
import { requireScope } from '../../../../graphql/authorize.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { followAfter } from '../../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../../graphql/live/require-live.ts'
import type { TailStream } from '../../../../live/tail.ts'
import { liveInvoiceUpdates } from '../../live.ts'

/** Follows what happens to invoices after a position. Throws `Forbidden` for a viewer who may not read them. */
export function followInvoiceUpdates(context: GraphQLContext, scope: Scope, position: bigint | undefined): Promise<TailStream<InvoiceEvent>> {
  requireScope(context.viewer, 'billing:read')
  return followAfter(requireLive(context).source(liveInvoiceUpdates), scope, position)
}

import type { Viewer } from '@tollgate/accounts'
import { InvalidInput, isDomainError, isStorableText, type Issue, NOT_STORABLE } from '@tollgate/kernel'
import { MAX_BATCH_EVENTS, type TrackedEvent } from '@tollgate/usage'
import { executeFor } from '../../../database/admission/request-work.ts'
import { tenantOf } from '../../../graphql/authorize.ts'
import { coerceUsageEvent } from '../../../graphql/coercion/coerce-usage-event.ts'
import { viewerName } from '../../../graphql/viewer-name.ts'
import type { Tollgate } from '../../../tollgate.ts'
import type { IncomingEvent } from './incoming-event.ts'

/** Who tracks, and with what. */
export interface TrackingContext {
  readonly viewer: Viewer
  readonly tollgate: Pick<Tollgate, 'usage' | 'accounts'>
  /** The tenant that the URL names. */
  readonly tenantId: string | undefined
}

/**
 * Records events as `trackUsage` does, and returns their results in the same order. Events of a tenant that the key may not act
 * for, or that does not exist, are rejected; if there are no others, the request is refused with that error. A failure
 * of a later batch fails the request: sent again, the events of earlier batches are duplicates.
 */
export function trackIncoming(incoming: readonly IncomingEvent[], context: TrackingContext): Promise<TrackedEvent[]> {
  return executeFor(context.viewer, 'change', async () => {
    const results: TrackedEvent[] = []
    const groups = Map.groupBy(incoming.keys(), position => incoming[position]?.tenantId ?? context.tenantId)
    for (const [named, positions] of groups) {
      const events = positions.map(position => incoming[position]?.input)
      const tracked = await trackGroup(named, events, context).catch((error: unknown) => {
        if (groups.size === 1 || !isRefusedTenant(error)) throw error
        return events.map(event => rejectionOf(event, error))
      })
      for (const [i, position] of positions.entries()) if (tracked[i] !== undefined) results[position] = tracked[i]
    }
    return results
  })
}

async function trackGroup(named: string | undefined, events: readonly unknown[], context: TrackingContext): Promise<readonly TrackedEvent[]> {
  if (named === undefined && context.viewer.kind === 'operator') throw new InvalidInput([TENANT_NEEDED])
  if (named !== undefined && !isStorableText(named)) throw new InvalidInput([{ path: 'tenant', message: NOT_STORABLE }])
  const tenantId = await tenantOf(context, named)
  const caller = viewerName(context.viewer)
  const drafts = events.map(coerceUsageEvent)
  const tracked: TrackedEvent[] = []
  for (let at = 0; at < drafts.length; at += MAX_BATCH_EVENTS) {
    tracked.push(...(await context.tollgate.usage.track({ tenantId, events: drafts.slice(at, at + MAX_BATCH_EVENTS), caller })))
  }
  return tracked
}

const TENANT_NEEDED: Issue = {
  path: 'tenant',
  message: 'is required with an operator key, which has no tenant of its own: add "?tenant=<id>" to the URL, or name it in each event',
}

function isRefusedTenant(error: unknown): error is Error {
  return isDomainError(error) && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND' || error.code === 'INVALID_INPUT')
}

function rejectionOf(event: unknown, { message }: Error): TrackedEvent {
  const key = (event as { readonly idempotencyKey?: unknown } | null)?.idempotencyKey
  return { outcome: 'rejected', idempotencyKey: typeof key === 'string' ? key : '', issues: [], reason: message }
}

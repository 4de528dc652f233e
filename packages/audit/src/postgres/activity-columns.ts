import { Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { MinuteOfActivity } from '../model/activity-count.ts'
import type { AuditActor } from '../model/audit-event.ts'

/** Columns of a count of activity. */
export const ACTIVITY_COLUMNS = defineColumns<MinuteOfActivity & { readonly id: string }>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('minute', 'timestamptz', ({ minute }) => minute),
  column('id', 'uuid', ({ id }) => id),
  column('actor_kind', 'text', ({ actor }) => actor.kind),
  column('actor_id', 'text', ({ actor }) => actor.id),
  column('family', 'text', ({ family }) => family),
  column('action', 'text', ({ action }) => action),
  column('calls', 'bigint', ({ calls }) => calls),
  column('counts', 'jsonb', ({ counts }) => counts),
])

/** A row of `ACTIVITY_COLUMNS`, without its id. */
export interface ActivityRow {
  readonly tenant_id: string
  readonly minute: string
  readonly actor_kind: AuditActor['kind']
  readonly actor_id: string | null
  readonly family: string
  readonly action: string
  readonly calls: string
  readonly counts: Readonly<Record<string, number>>
}

/** Reads a count. */
export function toActivity(row: ActivityRow): MinuteOfActivity {
  const { tenant_id: tenantId, actor_kind: kind, actor_id: id, family, action, counts } = row
  return { tenantId, minute: Temporal.Instant.from(row.minute), actor: { kind, id }, family, action, calls: Number(row.calls), counts }
}

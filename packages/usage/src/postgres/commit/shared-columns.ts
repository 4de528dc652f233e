import { textArray, timestampArray, uuidArray } from '@tollgate/postgres'
import type { PlacedEvent } from './placed-event.ts'

/** Columns that claims and events have in common, encoded once. */
export interface SharedColumns {
  readonly ids: Buffer
  readonly tenantIds: Buffer
  readonly idempotencyKeys: Buffer
  readonly occurredAt: Buffer
}

/** Encodes them. */
export function sharedColumns(placed: readonly PlacedEvent[]): SharedColumns {
  return {
    ids: uuidArray(placed.map(({ event }) => event.id)),
    tenantIds: textArray(placed.map(({ event }) => event.tenantId)),
    idempotencyKeys: textArray(placed.map(({ event }) => event.idempotencyKey)),
    occurredAt: timestampArray(placed.map(({ occurredAt }) => occurredAt)),
  }
}

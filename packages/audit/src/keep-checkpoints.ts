import { type Clock, isDomainError, toMicrosecond } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import type { CheckpointPlace } from './checkpoint-place.ts'
import { logOrigin } from './engine/log-origin.ts'
import type { KeyRing } from './log-keys.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'
import { AuditLogBroken } from './model/errors.ts'

/** Where to keep checkpoints. */
export interface KeepRequest {
  readonly places: readonly CheckpointPlace[]
  /** Called for each log that is not intact. The other logs are kept all the same. */
  readonly onBroken?: ((tenantId: string | null, error: AuditLogBroken) => void) | undefined
  /** Stops after the current log. */
  readonly signal?: AbortSignal | undefined
}

/** What was kept. */
export interface KeptCheckpoints {
  /** Number of logs whose checkpoint was kept. */
  readonly kept: number
  /** Number of logs that are not intact, and were not signed. */
  readonly broken: number
}

/** What keeping needs. */
export interface KeepDependencies {
  readonly store: AuditStore
  readonly keys: KeyRing
  readonly clock: Clock
  /** Signs the end of a log. */
  readonly checkpoint: (tenantId: string | null) => Promise<StoredCheckpoint>
}

const PAGE_LOGS = 500

/**
 * Signs each log that has grown since a place last kept its checkpoint, and hands the checkpoint to that place. Goes log
 * by log. A place that fails gets the checkpoint again with the next call.
 */
export async function keepCheckpoints(dependencies: KeepDependencies, { places, onBroken, signal }: KeepRequest): Promise<KeptCheckpoints> {
  const count = { kept: 0, broken: 0 }
  const names = places.map(({ name }) => name)
  for (let after: string | null | undefined; ;) {
    const { items, hasMore } = await dependencies.store.logsToKeep({ places: names, first: PAGE_LOGS, after })
    for (const tenantId of items) {
      if (signal?.aborted === true) return count
      try {
        await keepCheckpoint(dependencies, tenantId, places)
        count.kept += 1
      } catch (error) {
        if (!isDomainError(error) || !(error instanceof AuditLogBroken)) throw error
        count.broken += 1
        onBroken?.(tenantId, error)
      }
    }
    after = items.at(-1)
    if (!hasMore) return count
  }
}

async function keepCheckpoint(
  { store, keys, clock, checkpoint }: KeepDependencies,
  tenantId: string | null,
  places: readonly CheckpointPlace[],
): Promise<void> {
  const { size, note, createdAt } = await checkpoint(tenantId)
  const kept = await store.keptSizes(tenantId)
  for (const place of places) {
    if ((kept.get(place.name) ?? 0) >= size) continue
    await place.keep({ tenantId, origin: logOrigin(keys.installation, tenantId), size, note, createdAt })
    await store.markKept(tenantId, { place: place.name, size, at: toMicrosecond(clock.now()) })
  }
}

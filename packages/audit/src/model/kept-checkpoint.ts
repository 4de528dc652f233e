import type { StoredCheckpoint } from './checkpoint.ts'

/** A checkpoint to keep outside the store of the log. */
export interface KeptCheckpoint extends Pick<StoredCheckpoint, 'size' | 'note' | 'createdAt'> {
  /** Tenant of the log; null for the log of the installation. */
  readonly tenantId: string | null
  /** The unique name of the log. */
  readonly origin: string
}

import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from './change-recorder.ts'

/** A store to audit. */
export interface AuditedStore<Store> {
  /** Answers what changes nothing. */
  readonly store: Store
  /** Opens the same store on the database of a change. */
  readonly open: (database: PostgresDatabase) => Store
  readonly changes: ChangeRecorder
}

/**
 * Returns the methods of a store that are not audited, because they change nothing, or nothing that a person decides. List
 * them by name: then a new method of the store does not compile until somebody decides whether it is audited.
 */
export function unaudited<Store, Name extends keyof Store>(store: Store, ...names: readonly Name[]): Pick<Store, Name> {
  return Object.fromEntries(names.map(name => [name, store[name]])) as Pick<Store, Name>
}

import type { Audit, AuditEntryDraft } from '@tollgate/audit'
import { OPERATOR_SCOPE, type Transaction } from '@tollgate/kernel'
import { type PostgresDatabase, postgresTransaction, retryOnConflict, transactTogether } from '@tollgate/postgres'
import { currentOrigin } from './audit-origin.ts'

/** A change, and the events that say what it changed. */
export interface AuditedChange<Result> {
  /** Makes the change on this database, with one call of a store. Repeated after a conflict. */
  readonly change: (database: PostgresDatabase) => Promise<Result>
  /** Returns the events of a change. None if nothing changed. Events must not contain secrets that their form does not show. */
  readonly events: (result: Result) => readonly AuditEntryDraft[]
}

/** Makes changes together with their audit events. Every store that people can change is wrapped with it, in `audited-….ts` of its feature. */
export interface ChangeRecorder {
  /** Makes a change and records its events in one transaction: either both exist, or neither. */
  record<Result>(change: AuditedChange<Result>): Promise<Result>
  /** Records events in the transaction of a change. */
  recordIn(transaction: Transaction, events: readonly AuditEntryDraft[]): Promise<void>
  /** Records an event of something that changes nothing in the database. What it returns must not be used before. */
  recordAlone(event: AuditEntryDraft): Promise<void>
}

/** Creates a recorder over a database. Events name the current origin. */
export function changeRecorder({ database, audit }: { database: PostgresDatabase; audit: Pick<Audit, 'recordIn'> }): ChangeRecorder {
  const record = <Result>({ change, events }: AuditedChange<Result>): Promise<Result> =>
    retryOnConflict(() =>
      transactTogether(database, {
        scope: OPERATOR_SCOPE,
        work: change,
        async beforeCommit(transaction, result) {
          const drafts = events(result).map(withOrigin)
          // Last, because it locks the log until the commit.
          if (drafts.length > 0) await audit.recordIn(transaction, drafts)
        },
      }),
    )
  return {
    record,
    async recordIn(transaction, events) {
      if (events.length > 0) await audit.recordIn(postgresTransaction(transaction).inScope(OPERATOR_SCOPE), events.map(withOrigin))
    },
    recordAlone: event => record({ change: async () => {}, events: () => [event] }),
  }
}

/** An id that is longer is cut, because an event that is too large would prevent the change. */
const MAX_RESOURCE_ID_LENGTH = 256

function withOrigin({ tenantId, event: { resource, ...event } }: AuditEntryDraft): AuditEntryDraft {
  const id = resource?.id?.slice(0, MAX_RESOURCE_ID_LENGTH) ?? null
  return { tenantId, event: { ...currentOrigin(), ...event, ...(resource && { resource: { type: resource.type, id } }) } }
}

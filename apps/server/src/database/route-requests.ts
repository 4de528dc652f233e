import type { EntityDatabase } from '@tollgate/postgres/mikro-orm'
import type { Admission } from './admission/admission.ts'
import { currentRequest, type RequestWork } from './admission/request-work.ts'

/** Connections, and who may use them. */
export interface Routes {
  /** For requests that read. */
  readonly reads: EntityDatabase
  readonly readAdmission: Admission
  /** For requests that change something. */
  readonly writes: EntityDatabase
  readonly changeAdmission: Admission
  /** For everything that is not the work of a request. */
  readonly background: EntityDatabase
}

/** What a row costs besides the time of its statement: the server has to read it and to work on it. */
const MS_PER_ROW = 0.02

/** Returns a database that chooses the connections by its caller: reads and changes of requests, in turns, and background work. */
export function routeRequests({ reads, readAdmission, writes, changeAdmission, background }: Routes): EntityDatabase {
  const admissionOf = ({ kind }: RequestWork) => (kind === 'read' ? readAdmission : changeAdmission)

  function use<Result>(work: (database: EntityDatabase) => Promise<Result>): Promise<Result> {
    const request = currentRequest()
    if (request === undefined) return work(background)
    return admissionOf(request).run(request, () => work(request.kind === 'read' ? reads : writes))
  }

  return {
    transaction: (scope, work) => use(database => database.transaction(scope, work)),
    async query(scope, statement, values) {
      const rows = await use(database => database.query(scope, statement, values))
      const request = currentRequest()
      if (request !== undefined && rows.length > 0) admissionOf(request).charge(request, rows.length * MS_PER_ROW)
      return rows as never
    },
    entities: (scope, work) => use(database => database.entities(scope, work)),
    ping: () => background.ping(),
    connections: () => [reads, writes, background].map(database => database.connections()).reduce(addCounts),
    disconnect() {
      for (const database of [reads, writes, background]) database.disconnect()
    },
    async close() {
      await Promise.all([reads, writes, background].map(database => database.close()))
    },
  }
}

function addCounts(a: ReturnType<EntityDatabase['connections']>, b: typeof a): typeof a {
  return { open: a.open + b.open, idle: a.idle + b.idle, waiting: a.waiting + b.waiting }
}

import { type Scope, singleFlightByKey } from '@tollgate/kernel'
import type { MeasureQuery, UsageStore } from '@tollgate/usage'
import { currentRequest } from '../../database/admission/request-work.ts'

/** A question about usage, and the text that equal questions of one API key have in common. */
interface Question {
  readonly text: string
  readonly scope: Scope
  readonly query: MeasureQuery
}

const endOfTurn = () => new Promise(setImmediate)

/**
 * Reads equal questions about usage once: those of one operation, and those that requests with the same key ask at the same time.
 * A question never shares a read that started before it, so its answer includes every event that was acknowledged before.
 */
export function shareMeasures(store: UsageStore): UsageStore {
  const read = singleFlightByKey(
    ({ text }: Question) => text,
    async ([question]) => question && store.measure(question.scope, question.query),
    { startAfter: endOfTurn },
  )
  return {
    ...store,
    async measure(scope, query, transaction) {
      const request = currentRequest()
      // Work that is not a request's is not repeated by others, and changes read in their transaction.
      if (request?.kind !== 'read' || transaction !== undefined) return store.measure(scope, query, transaction)
      const text = JSON.stringify([request.tenantId, request.keyId, scope, { ...query, buckets: boundsOf(query) }])
      return (await read({ text, scope, query })) ?? []
    },
  }
}

/** Returns the text of all buckets. A series by hour has thousands, whose own JSON takes longer than their statement. */
function boundsOf({ buckets }: MeasureQuery): string {
  return buckets.map(({ from, to }) => `${from.epochNanoseconds}-${to.epochNanoseconds}`).join()
}

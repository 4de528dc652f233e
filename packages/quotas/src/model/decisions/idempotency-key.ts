import { checkText, InvalidInput } from '@tollgate/kernel'
import type { CheckedQuestion } from './check-question.ts'

const KEY = { max: 256 }

/** Makes a command count once: a repeat with the same key counts nothing. */
export interface CountOnce {
  /** Unique in the tenant. */
  readonly key: string
  /** What is asked, as text. A repeat must ask the same. */
  readonly content: string
}

/** Checks the idempotency key of a question. Throws `InvalidInput`. */
export function countOnce(question: CheckedQuestion, { idempotencyKey, consume }: { readonly idempotencyKey: string; readonly consume: boolean }): CountOnce {
  const issues = consume
    ? checkText('idempotencyKey', idempotencyKey, KEY)
    : [{ path: 'idempotencyKey', message: 'requires consume: true; without it nothing is counted, so nothing can count twice' }]
  if (issues.length > 0) throw new InvalidInput(issues)
  const requests = question.requests.map(({ metric, operation, amount }) => [metric, operation, amount?.toFixed() ?? null])
  const dimensions = Object.entries(question.dimensions).filter(([, value]) => value !== null && value !== undefined)
  return { key: idempotencyKey, content: JSON.stringify([requests, dimensions.toSorted(([a], [b]) => (a < b ? -1 : 1))]) }
}

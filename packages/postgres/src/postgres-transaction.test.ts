import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { PostgresTransaction } from './database.ts'
import { postgresTransaction } from './postgres-transaction.ts'

describe('postgresTransaction', () => {
  it('returns a transaction that runs SQL', () => {
    const transaction: PostgresTransaction = { scope: OPERATOR_SCOPE, query: async () => [], inScope: () => transaction }
    expect(postgresTransaction(transaction)).toBe(transaction)
  })

  it('rejects a transaction of another adapter', () => {
    expect(() => postgresTransaction({ scope: OPERATOR_SCOPE })).toThrow(TypeError)
  })
})

import { sqlState } from '../sql-state.ts'

const ATTEMPTS = 5

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/**
 * Repeats a transaction that PostgreSQL gave up so that another could go on. Ours lock in one order and should never
 * meet this; what runs in them, and what else uses the database, may not.
 */
export async function retryConflicts<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact()
    } catch (error) {
      const state = sqlState(error)
      if (attempt === ATTEMPTS || (state !== SERIALIZATION_FAILURE && state !== DEADLOCK_DETECTED)) throw error
    }
  }
}

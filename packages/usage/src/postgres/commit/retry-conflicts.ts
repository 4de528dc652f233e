import { isConflict } from '@tollgate/postgres'

const ATTEMPTS = 5

/**
 * Repeats a transaction that PostgreSQL gave up so that another could go on. Ours lock in one order and should never
 * meet this; what runs in them, and what else uses the database, may not.
 */
export async function retryConflicts<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact()
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
    }
  }
}

import { isConflict } from './database-failure.ts'

const MAX_ATTEMPTS = 5

/**
 * Runs a transaction again, up to five times in all, when PostgreSQL rolled it back in favour of another one
 * (deadlock or serialization failure). Every other error is thrown at once.
 */
export async function retryOnConflict<Result>(transact: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact()
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isConflict(error)) throw error
    }
  }
}

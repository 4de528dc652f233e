/**
 * Awaits all promises like `Promise.all`, but waits for every one before it throws the first error. For statements that
 * were sent together: none may still use the transaction when it is rolled back. Throws the error of the statement that
 * failed rather than that of those after it, which PostgreSQL did not run.
 */
export async function awaitAll<const Promises extends readonly Promise<unknown>[]>(
  promises: Promises,
): Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  const settled = await Promise.allSettled(promises)
  const failed = settled.filter(result => result.status === 'rejected')
  const cause = failed.find(({ reason }) => !isNotRun(reason)) ?? failed[0]
  if (cause !== undefined) throw cause.reason
  return Promise.all(promises) as Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }>
}

/** PostgreSQL runs no statement of a transaction after one has failed. */
const IN_FAILED_TRANSACTION = '25P02'

function isNotRun(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === IN_FAILED_TRANSACTION
}

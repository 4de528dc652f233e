/**
 * Awaits all promises like `Promise.all`, but waits for every one before it throws the first error. For statements that
 * were sent together: none may still use the transaction when it is rolled back.
 */
export async function awaitAll<const Promises extends readonly Promise<unknown>[]>(
  promises: Promises,
): Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  await Promise.allSettled(promises)
  return Promise.all(promises) as Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }>
}

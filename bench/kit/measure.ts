/** Does all the work, `concurrency` pieces at a time, and returns the seconds it took. */
export async function secondsFor<Piece>(pieces: readonly Piece[], concurrency: number, work: (piece: Piece, worker: number) => Promise<void>): Promise<number> {
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async (_, worker) => {
      for (let index = next++; index < pieces.length; index = next++) await work(pieces[index] as Piece, worker)
    }),
  )
  return (performance.now() - start) / 1_000
}

/** Returns the middle value; of an even number of values, the lower one of the two. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.trunc((values.length - 1) / 2)]
  if (middle === undefined) throw new Error('An empty list has no median.')
  return middle
}

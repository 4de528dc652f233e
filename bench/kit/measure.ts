/** Does all the work, `concurrency` pieces at a time, and returns how long it took, in seconds. */
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

/** The middle value; of an even number, the lower middle one. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.trunc((values.length - 1) / 2)]
  if (middle === undefined) throw new Error('There is no median of nothing.')
  return middle
}

/** Number of followers that are woken at once. Each costs some tens of microseconds. */
const SLICE = 10

/** Wakes many followers without holding up everything else of the process: other work runs between slices. */
export async function wakeInSlices(streams: Iterable<{ wake(): void }>): Promise<void> {
  let woken = 0
  for (const stream of [...streams]) {
    if (woken > 0 && woken % SLICE === 0) await new Promise(setImmediate)
    stream.wake()
    woken += 1
  }
}

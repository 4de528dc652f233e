/** Options of reading at times. */
export interface ReadAtTimes {
  /** How long a value is used after its read began. */
  readonly keepMs: number
  /** How long to wait for a value before it counts as missing. */
  readonly withinMs: number
  /** Defaults to `performance.now`. */
  readonly monotonicMs?: () => number
}

/**
 * Returns a function that reads a value for metrics, which several programs may ask for often: at most once in `keepMs`, and
 * undefined if it fails or takes too long.
 */
export function readAtTimes<Value>(
  read: () => Promise<Value>,
  { keepMs, withinMs, monotonicMs = () => performance.now() }: ReadAtTimes,
): () => Promise<Value | undefined> {
  let last: { readonly value: Promise<Value | undefined>; readonly at: number } | undefined
  return () => {
    if (last === undefined || monotonicMs() - last.at >= keepMs) last = { value: inTime(read, withinMs), at: monotonicMs() }
    return last.value
  }
}

async function inTime<Value>(read: () => Promise<Value>, withinMs: number): Promise<Value | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, withinMs, undefined)
  try {
    return await Promise.race([read(), late])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

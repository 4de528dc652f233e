import { singleFlight, type SingleFlightOptions } from './single-flight.ts'

/**
 * Looks up many keys in one call of `load`: keys that are requested while a look-up is active share the next one. A key
 * is never answered by a look-up that started before the request, so a key that was revoked in between does not pass.
 * Calls with the same key that share a look-up get the same promise.
 */
export function coalescedLookup<Value>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  options: Pick<SingleFlightOptions, 'startAfter'> = {},
): (key: string) => Promise<Value | undefined> {
  /** The answers of the look-up that has not started. */
  let waiting = new Map<string, Promise<Value | undefined>>()
  const flight = singleFlight((keys: readonly string[]) => {
    waiting = new Map()
    return load(keys)
  }, options)
  return key => {
    const shared = waiting
    let answer = shared.get(key)
    if (answer === undefined) {
      answer = flight(key).then(found => found.get(key)) // May start the look-up at once.
      shared.set(key, answer)
    }
    return answer
  }
}

import { singleFlight, type SingleFlightOptions } from './single-flight.ts'

/**
 * Looks up many keys in one call of `load`: keys that are requested while a look-up is active share the next one. A key
 * is never answered by a look-up that started before the request, so a key that was revoked in between does not pass.
 */
export function coalescedLookup<Value>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  options: Pick<SingleFlightOptions, 'startAfter'> = {},
): (key: string) => Promise<Value | undefined> {
  const flight = singleFlight((keys: readonly string[]) => load([...new Set(keys)]), options)
  return key => flight(key).then(found => found.get(key))
}

/** How single-flight calls are grouped. */
export interface SingleFlightOptions {
  /** Start after the current turn of the event loop, so that all calls of that turn share the first run. Defaults to false. */
  readonly joinTurn?: boolean
  /** Awaited before each run. Calls that arrive meanwhile share it. Defaults to nothing. */
  readonly startAfter?: (() => Promise<unknown>) | undefined
}

/** A run that has not started, and the calls that share it. */
interface NextRun<Request, Result> {
  readonly requests: Request[]
  readonly result: PromiseWithResolvers<Result>
}

/**
 * Shares work between concurrent calls. One run is active at a time; calls that arrive meanwhile share the next run,
 * which gets all their requests. A call never joins a run that started before it, because that run may read outdated
 * data. A failure rejects the calls of its own run only.
 */
export function singleFlight<Request = void, Result = unknown>(
  run: (requests: readonly Request[]) => Promise<Result>,
  options: SingleFlightOptions = {},
): (request: Request) => Promise<Result> {
  return startFlight(run, options, () => {})
}

/** Shares work like `singleFlight`, separately for each key. */
export function singleFlightByKey<Request, Result>(
  keyOf: (request: Request) => string,
  run: (requests: readonly Request[]) => Promise<Result>,
  options: SingleFlightOptions = {},
): (request: Request) => Promise<Result> {
  const flights = new Map<string, (request: Request) => Promise<Result>>()
  return request => {
    const key = keyOf(request)
    let flight = flights.get(key)
    if (flight === undefined) flights.set(key, (flight = startFlight(run, options, () => flights.delete(key))))
    return flight(request)
  }
}

function startFlight<Request, Result>(
  run: (requests: readonly Request[]) => Promise<Result>,
  { joinTurn = false, startAfter }: SingleFlightOptions,
  onIdle: () => void,
): (request: Request) => Promise<Result> {
  let isRunning = false
  let next: NextRun<Request, Result> | undefined

  async function runAll(): Promise<void> {
    isRunning = true
    if (joinTurn) await Promise.resolve()
    while (next !== undefined) {
      if (startAfter !== undefined) await startAfter()
      const { requests, result } = next
      next = undefined
      try {
        result.resolve(await run(requests))
      } catch (error) {
        result.reject(error)
      }
    }
    isRunning = false
    onIdle()
  }

  return request => {
    next ??= { requests: [], result: Promise.withResolvers() }
    next.requests.push(request)
    const { promise } = next.result
    if (!isRunning) void runAll()
    return promise
  }
}

import type { Viewer } from '@tollgate/accounts'
import type { ExecutionResult, ValidatedSubscriptionArgs } from 'graphql'

/** Executes an event for one subscriber. */
export type ExecuteEvent = (event: ValidatedSubscriptionArgs) => Promise<ExecutionResult>

/** Shares the results of events between subscribers. */
export interface SharedResults {
  /** Returns the function that executes the events of one subscriber. */
  forSubscriber(subscriber: Subscriber, execute: ExecuteEvent): ExecuteEvent
}

/** What the results of a subscriber depend on, besides the event. */
export interface Subscriber {
  readonly viewer: Viewer
  readonly operation: object
  readonly variables: Readonly<Record<string, unknown>>
}

interface SharedResult {
  readonly result: Promise<ExecutionResult>
  readonly executedAt: number
}

/** How long a result is shared. A subscriber that comes later may not get what was read before. */
const SHARE_FOR_MS = 500

/**
 * Executes each event once for all subscribers with the same operation, variables and rights. Thousands who follow the same
 * usage then cost one execution each time it changes, and not thousands. `now` is a number of milliseconds.
 */
export function shareResults(now: () => number = () => performance.now()): SharedResults {
  const results = new WeakMap<object, Map<string, SharedResult>>()
  const numbers = new WeakMap<object, number>()
  let operations = 0

  function numberOf(operation: object): number {
    const number = numbers.get(operation) ?? operations++
    numbers.set(operation, number)
    return number
  }

  return {
    forSubscriber({ viewer, operation, variables }, execute) {
      const key = JSON.stringify([numberOf(operation), variables, rightsOf(viewer)])
      return event => {
        if (typeof event.rootValue !== 'object' || event.rootValue === null) return execute(event)
        const ofEvent = results.get(event.rootValue) ?? new Map<string, SharedResult>()
        results.set(event.rootValue, ofEvent)
        const known = ofEvent.get(key)
        if (known !== undefined && now() - known.executedAt < SHARE_FOR_MS) return known.result
        const result = execute(event)
        ofEvent.set(key, { result, executedAt: now() })
        return result
      }
    },
  }
}

/** Everything of a viewer but its key, so that what viewers get in future is not shared with others either. */
function rightsOf({ keyId: _, scopes, ...rest }: Viewer): object {
  return { ...rest, scopes: [...scopes].toSorted() }
}

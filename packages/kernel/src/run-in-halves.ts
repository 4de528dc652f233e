import { isOverloaded, isStoreUnavailable } from './common-errors.ts'

/** Work on a group of items, and what to do with its outcome. */
export interface GroupWork<Item, Result> {
  run(group: readonly Item[]): Promise<Result>
  onSuccess(group: readonly Item[], result: Result): void
  onFailure(group: readonly Item[], error: unknown): void
}

/**
 * Runs work on all items as one group. If the group fails, one item may be the cause: the group is halved until each
 * failure concerns a single item, and all other items succeed. If the store is unavailable (`STORE_UNAVAILABLE`) or busy
 * (`OVERLOADED`), all items that are left fail at once: halving cannot help and would add to the load. Never rejects.
 */
export async function runInHalves<Item, Result>(items: readonly Item[], { run, onSuccess, onFailure }: GroupWork<Item, Result>): Promise<void> {
  const groups = [items]
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    try {
      onSuccess(group, await run(group))
    } catch (error) {
      if (isStoreUnavailable(error) || isOverloaded(error)) return onFailure([group, ...groups.toReversed()].flat(), error)
      const middle = group.length / 2
      if (group.length === 1) onFailure(group, error)
      else groups.push(group.slice(middle), group.slice(0, middle))
    }
  }
}

import { InvalidInput } from './errors.ts'

/** One page of a list, in the order of the list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** Whether the list has items after this page. */
  readonly hasMore: boolean
}

/** The page of a list to return. `Position` is what a cursor of the list contains, often an id. */
export interface PageRequest<Position = string> {
  /** Maximum number of items. */
  readonly first: number
  /** Return items after this position. Defaults to the start of the list. */
  readonly after?: Position | undefined
}

/** The default and maximum number of items of a page. */
export interface PageSizeLimits {
  readonly default: number
  readonly max: number
}

/** Checks the number of items of a page; null and undefined return the default. Throws `InvalidInput`. */
export function checkPageSize(first: number | null | undefined, limits: PageSizeLimits): number {
  const size = first ?? limits.default
  if (!Number.isInteger(size) || size < 1 || size > limits.max) {
    throw new InvalidInput([{ path: 'first', message: `must be from 1 to ${limits.max}, not ${size}` }])
  }
  return size
}

/** Makes a page of `first` items from `first + 1`, which a store reads to learn whether there are more. */
export function toPage<Item>(itemsAndOneMore: readonly Item[], first: number): Page<Item> {
  return { items: itemsAndOneMore.slice(0, first), hasMore: itemsAndOneMore.length > first }
}

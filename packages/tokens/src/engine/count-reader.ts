import { readCount, readField } from './read-fields.ts'

/** Reads counts from the fields of one object. Throws `TokenUsageUnreadable` for a field that is no count. */
export interface CountReader {
  /** Returns the first of the named counts. Undefined if there is none. */
  first(...names: readonly string[]): number | undefined
  /** Returns the largest of the named counts, for names that mean the same. Undefined if there is none. */
  largest(...names: readonly string[]): number | undefined
}

/** Makes a reader of the counts of an object; a reader of nothing for any other value. */
export function countReader(of: unknown, source: string): CountReader {
  const read = (name: string) => readCount(readField(of, name), name, source)
  return {
    first(...names) {
      for (const name of names) {
        const count = read(name)
        if (count !== undefined) return count
      }
      return undefined
    },
    largest(...names) {
      let largest: number | undefined
      for (const name of names) {
        const count = read(name)
        if (count !== undefined && (largest === undefined || count > largest)) largest = count
      }
      return largest
    },
  }
}

/** Adds counts up; undefined if all are. */
export function sumCounts(...counts: readonly (number | undefined)[]): number | undefined {
  return counts.every(count => count === undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

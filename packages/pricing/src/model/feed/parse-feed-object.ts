import type { UnusableFeed } from './feed-state.ts'

/** Parses a file of a feed, which holds one JSON object. `unreadable` makes the error, with the name of the file. */
export function parseFeedObject(text: string, unreadable: (reason: string, cause?: unknown) => UnusableFeed): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) return parsed as Readonly<Record<string, unknown>>
  } catch (error) {
    throw unreadable('it is not JSON', error)
  }
  throw unreadable('it is not an object')
}

import { FEED_FORMAT } from '../../model/feed/feed-manifest.ts'
import { UnusableFeed } from '../../model/feed/feed-state.ts'
import { parseFeedObject } from '../../model/feed/parse-feed-object.ts'
import type { Price } from '../../model/price.ts'
import { readFeedPrice } from './read-feed-price.ts'

/** Maximum number of prices of a list. The bundled one has about 3,000. */
const MAX_PRICES = 50_000

/** Formats prices as the text of a list, one price a line. The order is kept, because it tells which price applies. */
export function writeFeedList(prices: readonly Price[]): string {
  return `{"format":${FEED_FORMAT},"prices":[\n${prices.map(price => JSON.stringify(price)).join(',\n')}\n]}\n`
}

/** Reads the text of a list. Throws `UnusableFeed` unless all of it can be read. */
export function readFeedList(text: string): readonly Price[] {
  const { format, prices } = parseFeedObject(text, unreadable)
  if (format !== FEED_FORMAT) throw unreadable(`its format is ${JSON.stringify(format)}, and this version of Tollgate reads ${FEED_FORMAT}`)
  if (!Array.isArray(prices) || prices.length === 0 || prices.length > MAX_PRICES) throw unreadable(`it must have 1 to ${MAX_PRICES} prices`)
  const ids = new Set<string>()
  return prices.map((value, at) => {
    const price = readPrice(value, at)
    if (ids.has(price.id)) throw unreadable(`price ${at + 1} repeats the id "${price.id}"`)
    ids.add(price.id)
    return price
  })
}

function readPrice(value: unknown, at: number): Price {
  try {
    return readFeedPrice(value)
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw unreadable(`price ${at + 1}: ${error.message}`, error)
  }
}

function unreadable(reason: string, cause?: unknown): UnusableFeed {
  return new UnusableFeed('unreadable', `The list cannot be read: ${reason}.`, { cause })
}

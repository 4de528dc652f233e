import { describe, expect, it } from 'vitest'
import { UnusableFeed } from '../../model/feed/feed-state.ts'
import { contentId } from '../../model/content-id.ts'
import { feedPrice } from '../../testing/feed.ts'
import { readFeedList, writeFeedList } from './feed-list.ts'

const list = (...prices: readonly unknown[]) => JSON.stringify({ format: 1, prices })
/** A price with these fields, as JSON, with the id of its contents. */
function raw(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const { id: _id, publishedAt, ...contents } = JSON.parse(JSON.stringify(feedPrice())) as Record<string, unknown>
  const changed = Object.fromEntries(Object.entries({ ...contents, ...fields }).filter(([, value]) => value !== undefined))
  return { id: contentId('bundled', changed as never), ...changed, publishedAt }
}
const problemOf = (text: string) => {
  try {
    readFeedList(text)
  } catch (error) {
    if (error instanceof UnusableFeed && error.state === 'unreadable') return error.message
    throw error
  }
  return undefined
}

describe('a list', () => {
  it('is read as it was written', () => {
    const prices = [
      feedPrice({ model: 'a', rates: { input: '0.1', output: '0.000000000000000001' }, from: '2026-01-01T00:00:00.000001Z' }),
      feedPrice({
        model: 'b',
        timeOfDay: { from: '16:30:00', to: '24:00:00', weekdays: [1, 7] },
        serviceTier: 'batch',
        speed: 'fast',
        region: 'us-*',
        marginalSteps: true,
        perRequest: '0.5',
      }),
    ]
    expect(JSON.stringify(readFeedList(writeFeedList(prices)))).toBe(JSON.stringify(prices))
  })

  it.each<[string, string]>([
    ['it is not JSON', '{'],
    ['it is not an object', '7'],
    ['its format is 2', '{"format":2,"prices":[]}'],
    ['it must have 1 to 50000 prices', list()],
    ['price 2 repeats the id', list(raw(), raw())],
    ['price 1: must be an object', list(7)],
    ['price 1: must have "match"', list(raw({ match: undefined }))],
    ['price 1: has the unknown field "surcharge"', list(raw({ surcharge: '1' }))],
    ['price 1: source must be "bundled"', list(raw({ source: 'custom' }))],
    ['price 1: tenantId must be null', list(raw({ tenantId: 'acme' }))],
    ['price 1: perRequest must be a decimal in quotes', list(raw({ perRequest: 0.5 }))],
    ['price 1: perRequest must be a decimal in quotes', list(raw({ perRequest: '-1' }))],
    ['price 1: perMillionTokens.input.base must be a decimal', list(raw({ perMillionTokens: { input: { base: 'NaN', steps: [] } } }))],
    ['price 1: perMillionTokens has the unknown field "smell"', list(raw({ perMillionTokens: { smell: { base: '1', steps: [] } } }))],
    ['price 1: serviceTier must be', list(raw({ serviceTier: 'urgent' }))],
    ['price 1: match is not a rule', list(raw({ match: { regex: '(' } }))],
    ['price 1: match is not a rule', list(raw({ match: { equals: 'a', regex: 'b' } }))],
    ['price 1: match is not a rule', list(raw({ match: {} }))],
    ['price 1: from must be a time', list(raw({ from: '2026' }))],
    ['price 1: its interval is empty', list(raw({ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }))],
    ['price 1: timeOfDay.weekdays.0 must be a whole number', list(raw({ timeOfDay: { from: '01:00:00', to: '02:00:00', weekdays: [8] } }))],
    ['price 1: units.0.price must be a decimal', list(raw({ units: [{ kind: 'image', price: 1 }] }))],
    ['price 1: its id is not that of its contents', list({ ...raw(), provider: 'another' })],
    ['price 1: its id is not that of its contents', list({ ...raw(), id: 'bundled:acme-ai/large:0123456789abcdef' })],
    ['price 1: its id is not that of its contents', list({ ...raw(), id: 'custom' })],
  ])('is refused: %s', (problem, text) => {
    expect(problemOf(text)).toContain(problem)
  })

  it('that is valid is not refused', () => {
    expect(problemOf(list(raw()))).toBeUndefined()
  })
})

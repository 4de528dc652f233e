import { expect, it } from 'vitest'
import { type RateMove, rateMoveText } from './rate-moves.ts'

const MOVE: RateMove = { served: '', from: null, rate: 'input', above: null, before: '2.5', after: '7.5' }

it.each([
  [{}, 'input tokens: $2.50 → $7.50 per million'],
  [{ rate: 'cacheWrite1h', served: 'batch us', above: 200_000 }, 'tokens cached for an hour (batch us, above 200,000 input tokens): $2.50 → $7.50 per million'],
  [{ rate: 'videoInput' }, 'video input tokens: $2.50 → $7.50 per million'],
  [{ rate: 'web_search preview', before: '0.025', after: null }, 'web search preview: $0.025 → none'],
  [{ rate: 'web_search', before: '0.01', after: '0.03' }, 'web search: $0.01 → $0.03 each'],
  [{ rate: 'request', before: '0', after: '0.0005', from: '2026-11-30T23:30:00Z' }, 'request (from Dec 1, 2026): $0.00 → $0.0005 per request'],
  [{ rate: 'price', before: null, after: null, served: 'priority' }, 'calls lose their price (priority)'],
  [{ rate: 'names', before: null, after: null }, 'the price may apply to other model names'],
])('says of the move %j: %s', (move, text) => {
  expect(rateMoveText({ ...MOVE, ...move }, 'Europe/Berlin')).toBe(text)
})

import { Decimal, parseExactJson, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { UsageEventDraft } from '../model/event.ts'
import { draftFromPayload, MAX_REJECTED_PAYLOAD_BYTES, rejectedPayload } from './rejected-payload.ts'

describe('rejectedPayload', () => {
  it('preserves a draft so that it can be sent again', () => {
    const draft: UsageEventDraft = {
      operation: 'nul \0 and half \ud83e',
      occurredAt: Temporal.Instant.from('2026-03-10T12:00:00.123456789Z'),
      quantity: new Decimal('12345678901234567890.000000000000000001'),
      reportedCost: new Decimal('0.000000000001'),
      tokens: { input: -1 },
      metadata: { attributes: { list: [1, 2] } },
    }
    const payload = rejectedPayload(draft)
    expect(payload).toMatchObject({ occurredAt: '2026-03-10T12:00:00.123456789Z', reportedCost: '0.000000000001' })
    expect(draftFromPayload(JSON.parse(JSON.stringify(payload)))).toEqual(draft)
  })

  it('leaves unreadable fields as they are', () => {
    expect(draftFromPayload({ occurredAt: 'yesterday', quantity: '1e5', reportedCost: 7 })).toEqual({
      occurredAt: 'yesterday',
      quantity: '1e5',
      reportedCost: 7,
    })
    for (const payload of ['text', 7, null, [1]]) expect(draftFromPayload(payload)).toBe(payload)
  })

  it.each([
    { name: 'a bigint', draft: { tokens: { input: 1n } } },
    { name: 'a circle', draft: circle() },
    { name: 'a function', draft: () => {} },
    { name: 'nothing', draft: undefined },
  ])('returns null for $name', ({ draft }) => {
    expect(rejectedPayload(draft)).toBeNull()
  })

  it('returns null for nesting of more than 32 levels, however deep', () => {
    const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`)
    expect(rejectedPayload(nested(32))).toEqual(nested(32))
    for (const depth of [33, 1_000, 30_000]) expect(rejectedPayload(nested(depth))).toBeNull()
  })

  it('keeps the digits of long numbers', () => {
    const json = '{"operation":"o","metadata":{"attributes":{"a":9007199254740993,"b":0.12345678901234567890}}}'
    expect(JSON.stringify(rejectedPayload(parseExactJson(json)))).toBe(json)
  })

  it('counts bytes, not characters', () => {
    const quotes = 2
    expect(rejectedPayload('é'.repeat((MAX_REJECTED_PAYLOAD_BYTES - quotes) / 2))).not.toBeNull()
    expect(rejectedPayload('é'.repeat((MAX_REJECTED_PAYLOAD_BYTES - quotes) / 2 + 1))).toBeNull()
  })
})

function circle(): unknown {
  const draft: Record<string, unknown> = {}
  draft.metadata = draft
  return draft
}

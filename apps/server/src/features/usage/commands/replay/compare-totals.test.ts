import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { compareTotals } from './compare-totals.ts'

const at = Temporal.Instant.from('2026-11-20T12:00:00Z')
const file = { requests: 2, inputTokens: 2n ** 53n + 1n, outputTokens: 7n, first: at, last: at }
const server = { calls: 2, tokens: { total: '9007199254741000', input: '9007199254740993', output: 7 } }

describe('compareTotals', () => {
  it('compares sums beyond 2^53 exactly, as text or as numbers', () => {
    expect(compareTotals(file, server)).toEqual({
      equal: true,
      sentence: 'The totals match the file exactly: 2 requests, 9,007,199,254,740,993 input tokens, 7 output tokens.',
    })
  })

  it('names each sum that differs', () => {
    const { equal, sentence } = compareTotals(file, { calls: 1, tokens: { ...server.tokens, input: '9007199254740992' } })
    expect(equal).toBe(false)
    expect(sentence).toContain('2 requests in the file, 1 in the server; 9,007,199,254,740,993 input tokens in the file, 9,007,199,254,740,992 in the server.')
  })
})

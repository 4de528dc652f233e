import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileTotal, type ReportedTotals } from './reconcile-total.ts'

describe('the totals of a call', () => {
  it.each<{ name: string; reported: ReportedTotals; input: number; output: number; reasoning: number }>([
    {
      name: 'include the cache and reasoning',
      reported: { input: 100, output: 60, cached: 64, reasoning: 40, total: 160 },
      input: 100,
      output: 60,
      reasoning: 40,
    },
    { name: 'include both by default', reported: { input: 100, output: 60, cached: 64, reasoning: 40 }, input: 100, output: 60, reasoning: 40 },
    {
      name: 'exclude reasoning, by the total',
      reported: { input: 12, output: 1, cached: 2, reasoning: 228, total: 241 },
      input: 12,
      output: 229,
      reasoning: 228,
    },
    {
      name: 'exclude reasoning that is smaller than the output',
      reported: { input: 10, output: 50, cached: 0, reasoning: 30, total: 90 },
      input: 10,
      output: 80,
      reasoning: 30,
    },
    {
      name: 'exclude reasoning that is larger than the output',
      reported: { input: 10, output: 5, cached: 0, reasoning: 30 },
      input: 10,
      output: 35,
      reasoning: 30,
    },
    {
      name: 'exclude reasoning, by the provider',
      reported: { input: 10, output: 50, cached: 0, reasoning: 30, excludesReasoning: true },
      input: 10,
      output: 80,
      reasoning: 30,
    },
    {
      name: 'include reasoning, by the total, whatever the provider',
      reported: { input: 10, output: 50, cached: 0, reasoning: 30, total: 60, excludesReasoning: true },
      input: 10,
      output: 50,
      reasoning: 30,
    },
    {
      name: 'exclude the cache, by the total',
      reported: { input: 100, output: 10, cached: 60, reasoning: 0, total: 170 },
      input: 160,
      output: 10,
      reasoning: 0,
    },
    {
      name: 'exclude a cache that is larger than the input',
      reported: { input: 3, output: 50, cached: 1_300, reasoning: 0 },
      input: 1_303,
      output: 50,
      reasoning: 0,
    },
    { name: 'exclude both, by the total', reported: { input: 100, output: 10, cached: 60, reasoning: 5, total: 175 }, input: 160, output: 15, reasoning: 5 },
    { name: 'hide thoughts', reported: { input: 11, output: 9, cached: 0, reasoning: 0, total: 88 }, input: 11, output: 77, reasoning: 68 },
    { name: 'exceed their own total', reported: { input: 11, output: 9, cached: 0, reasoning: 0, total: 11 }, input: 11, output: 9, reasoning: 0 },
  ])('$name', ({ reported, input, output, reasoning }) => {
    expect(reconcileTotal(reported)).toEqual({ input, output, reasoning })
  })

  it('are never less than what was reported, and equal the total of the provider if that is larger', () => {
    const count = fc.nat({ max: 1_000 })
    fc.assert(
      fc.property(fc.record({ input: count, output: count, cached: count, reasoning: count, total: fc.option(count, { nil: undefined }) }), reported => {
        const { input, output, cached, reasoning, total } = reported
        const whole = reconcileTotal(reported)
        const sum = whole.input + whole.output
        expect(sum).toBeGreaterThanOrEqual(Math.max(input + output, total ?? 0))
        expect(whole.input).toBeGreaterThanOrEqual(cached)
        expect(whole.output).toBeGreaterThanOrEqual(whole.reasoning)
        if (total !== undefined && total >= input + output + cached + reasoning) expect(sum).toBe(total)
      }),
    )
  })
})

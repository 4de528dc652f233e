import { describe, expect, it } from 'vitest'
import { overlayChanges } from './overlay-changes.ts'

describe('overlayChanges', () => {
  it.each([
    ['anthropic', 'claude-opus-4-5', 'batch 0.5 ×'],
    ['aws', 'global.anthropic.claude-opus-5', 'cacheWrite1h 2 × input'],
    ['openai', 'gpt-5.4', 'long context above 272000 input tokens, not 271999'],
    ['openai', 'gpt-5.4', 'region * 1.1 ×'],
    ['openai', 'gpt-4o', 'web_search preview 25 per 1,000'],
    ['openai', 'gpt-4o-mini', 'priority: input 0.25, output 1, cacheRead 0.125'],
    ['aws', 'amazon.nova-pro-v1:0', 'region us-gov-*: input 0.96, output 3.84'],
    ['google', 'claude-opus-4-6', 'from 2026-03-13: input 5, output 25, cacheRead 0.5, cacheWrite5m 6.25'],
    ['google', 'claude-fable-5-2', 'region * 1.1 × anthropic'],
  ])('describes %s %s: %s', (provider, model, change) => {
    expect(overlayChanges()).toContainEqual(expect.objectContaining({ provider, model, change }))
  })

  it('names the source of each change, the day on which it was read, and whether the package has no or a wrong price', () => {
    for (const { source, checkedAt, because } of overlayChanges()) {
      expect([source.length > 10, /^\d{4}-\d{2}-\d{2}$/.test(checkedAt), ['missing', 'wrong'].includes(because)]).toEqual([true, true, true])
    }
  })
})

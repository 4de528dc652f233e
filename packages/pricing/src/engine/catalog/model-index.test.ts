import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ModelMatch } from '../../model/names/model-match.ts'
import { matchesModelName } from '../../model/names/match-model-name.ts'
import { createModelIndex } from './model-index.ts'

describe('matchesModelName', () => {
  it.each<{ match: ModelMatch; name: string; expected: boolean }>([
    { match: { equals: 'GPT-5' }, name: 'gpt-5', expected: true },
    { match: { equals: 'gpt-5' }, name: 'gpt-5-mini', expected: false },
    { match: { starts_with: 'Claude-' }, name: 'claude-opus', expected: true },
    { match: { ends_with: '-FREE' }, name: 'x-free', expected: true },
    { match: { contains: 'Nova' }, name: 'amazon.nova-lite', expected: true },
    { match: { regex: '^o[134]' }, name: 'o3-mini', expected: true },
    { match: { regex: '^o[134]' }, name: 'gpt-o3', expected: false },
    { match: { or: [{ equals: 'a' }, { equals: 'b' }] }, name: 'b', expected: true },
    { match: { or: [] }, name: 'b', expected: false },
    { match: { and: [{ starts_with: 'a' }, { ends_with: 'z' }] }, name: 'az', expected: true },
    { match: { and: [{ starts_with: 'a' }, { ends_with: 'z' }] }, name: 'ab', expected: false },
  ])('$match on $name is $expected', ({ match, name, expected }) => {
    expect(matchesModelName(match, name)).toBe(expected)
  })
})

describe('createModelIndex', () => {
  const text = fc.stringMatching(/^[abAB]{1,3}$/)
  const { match } = fc.letrec<{ match: ModelMatch }>(tie => ({
    match: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text.map(equals => ({ equals })),
      text.map(starts_with => ({ starts_with })),
      text.map(ends_with => ({ ends_with })),
      text.map(contains => ({ contains })),
      fc.array(tie('match'), { maxLength: 3 }).map(or => ({ or })),
      fc.array(tie('match'), { minLength: 1, maxLength: 2 }).map(and => ({ and })),
    ),
  }))

  it('finds the same entry as a linear search', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 12 }), text, (matches, name) => {
        const entries = matches.map((entry, position) => ({ match: entry, position }))
        const lower = name.toLowerCase()
        expect(createModelIndex(entries).find(lower)).toBe(entries.find(entry => matchesModelName(entry.match, lower)))
      }),
      { numRuns: 500 },
    )
  })
})

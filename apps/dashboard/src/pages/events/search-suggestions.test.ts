import { describe, expect, it } from 'vitest'
import { knownValues, searchSuggestions } from './search-suggestions.ts'

const KNOWN = [
  { dimension: 'MODEL', value: 'gpt-4o-mini', calls: 900 },
  { dimension: 'MODEL', value: 'GPT-4o', calls: 20 },
  { dimension: 'CUSTOMER', value: 'uses-gpt-4o', calls: 1_000 },
  { dimension: 'FEATURE', value: 'chat', calls: 2_000 },
] as const

const shown = (text: string) =>
  searchSuggestions(text, KNOWN).map(suggestion => (suggestion.kind === 'event' ? suggestion.value : `${suggestion.dimension} ${suggestion.value}`))

describe('what is searched for', () => {
  it('is an event, if it looks like the id of one', () => {
    expect(shown(' evt_0199-7 ')).toEqual(['evt_0199-7'])
  })

  it('is a value that exists, those that are the text or begin with it first', () => {
    expect(shown('gpt-4o').slice(0, 3)).toEqual(['MODEL GPT-4o', 'MODEL gpt-4o-mini', 'CUSTOMER uses-gpt-4o'])
  })

  it('is an identifier, or a value of another period', () => {
    expect(shown('chat')).toEqual(['FEATURE chat', 'IDENTIFIER chat', 'CUSTOMER chat', 'MODEL chat', 'OPERATION chat', 'ORGANIZATION chat', 'PRODUCT chat'])
    expect(shown('req-77').at(0)).toBe('IDENTIFIER req-77')
  })

  it('is nothing without a text', () => {
    expect(shown('  ')).toEqual([])
  })

  it('is looked up among the values of all dimensions that events have', () => {
    const groups = [
      { key: [{ value: null }], measures: { calls: 3 } },
      { key: [{ value: 'ana' }], measures: { calls: 2 } },
    ]
    expect(knownValues({ CUSTOMER: { groups } })).toEqual([{ dimension: 'CUSTOMER', value: 'ana', calls: 2 }])
  })
})

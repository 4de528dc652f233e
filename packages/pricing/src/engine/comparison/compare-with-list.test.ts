import { readFileSync } from 'node:fs'
import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { UnreadablePriceList } from '../../model/errors.ts'
import type { PriceListFormat } from '../../model/imports/price-import.ts'
import { compareWithList } from './compare-with-list.ts'
import { KNOWN_DISAGREEMENTS } from './known-disagreements.ts'

const at = Temporal.Instant.from('2026-07-24T18:00:00Z')
const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), 'utf8')
const litellm = (models: Record<string, object>) =>
  JSON.stringify(Object.fromEntries(Object.entries(models).map(([model, entry]) => [model, { litellm_provider: 'openai', ...entry }])))
const compare = (models: Record<string, object>) => compareWithList({ format: 'litellm', data: litellm(models), at })
const plain = ({ disagreements }: ReturnType<typeof compareWithList>) =>
  disagreements.map(({ name, rate, above, ours, theirs, reason }) => [name, rate, above, ours?.toFixed() ?? null, theirs.toFixed(), reason])

describe.each<{ format: PriceListFormat; file: string; on: string; compared: number }>([
  { format: 'litellm', file: 'litellm-rates.json', on: '2026-07-24T18:00:00Z', compared: 278 },
  { format: 'models-dev', file: 'models-dev-rates.json', on: '2026-07-02T00:00:00Z', compared: 141 },
])('the list of $format', ({ format, file, on, compared }) => {
  const result = compareWithList({ format, data: fixture(file), at: Temporal.Instant.from(on) })

  it('differs from ours only where that is known, with a reason', () => {
    expect(plain(result).filter(([, , , , , reason]) => reason === undefined)).toEqual([])
    expect(result.compared).toBeGreaterThanOrEqual(compared)
  })
  it('still differs wherever that is known', () => {
    const known = KNOWN_DISAGREEMENTS.filter(({ list }) => list === format).map(({ name, rate, above, ours, theirs, reason }) => [
      name,
      rate,
      above,
      ours,
      theirs,
      reason,
    ])
    expect(plain(result)).toEqual(expect.arrayContaining(known))
    expect(known).toHaveLength(result.disagreements.length)
  })
})

describe('a comparison', () => {
  const MINI = { input_cost_per_token: 2.5e-7, output_cost_per_token: 2e-6, cache_read_input_token_cost: 2.5e-8 }

  it('finds nothing where the list agrees', () => {
    expect(compare({ 'gpt-5-mini': MINI })).toMatchObject({ compared: 1, missing: [], disagreements: [] })
  })
  it('names a rate that differs, with both values', () => {
    expect(plain(compare({ 'gpt-5-mini': { ...MINI, output_cost_per_token: 3e-6 } }))).toEqual([['gpt-5-mini', 'output', null, '2', '3', undefined]])
  })
  it('names models that we do not have', () => {
    expect(compare({ 'gpt-77': MINI }).missing).toEqual(['gpt-77'])
  })
  it('ignores rates that the list does not have', () => {
    const { cache_read_input_token_cost: _cached, ...others } = MINI
    expect(plain(compare({ 'gpt-5-mini': others }))).toEqual([])
  })
  it('ignores rates of a service tier that the list fills in with the usual ones, and no others', () => {
    const batch = (input: number) => ({ ...MINI, input_cost_per_token_batches: input, output_cost_per_token_batches: 1e-6 })
    expect(plain(compare({ 'gpt-5-mini': batch(1.25e-7) }))).toEqual([])
    expect(plain(compare({ 'gpt-5-mini': batch(2e-7) }))).toEqual([['gpt-5-mini (batch)', 'input', null, '0.125', '0.2', undefined]])
  })
  it('knows a disagreement only while both values stay as they are', () => {
    const known = { list: 'litellm' as const, name: 'gpt-5-mini', rate: 'output', ours: '2', theirs: '3', reason: 'A test.' }
    const reasonFor = (theirs: number) => {
      const data = litellm({ 'gpt-5-mini': { ...MINI, output_cost_per_token: theirs } })
      return compareWithList({ format: 'litellm', data, at, known: [known] }).disagreements.map(({ reason }) => reason)
    }
    expect([reasonFor(3e-6), reasonFor(4e-6)]).toEqual([['A test.'], [undefined]])
  })
  it('rejects a file that is not the list', () => {
    expect(() => compareWithList({ format: 'litellm', data: '[', at })).toThrow(UnreadablePriceList)
  })
})

import { expect, it } from 'vitest'
import { table } from './table.ts'

it('aligns text to the start and numbers to the end', () => {
  const columns = [{ heading: 'provider' }, { heading: 'calls', align: 'end' }] as const
  expect(
    table(columns, [
      ['openai', '1,200'],
      ['a-longer-name', '7'],
    ]),
  ).toBe(['provider       calls', '─────────────  ─────', 'openai         1,200', 'a-longer-name      7'].join('\n'))
})

it('shows the headings of an empty table', () => {
  expect(table([{ heading: 'id' }], [])).toBe('id\n──')
})

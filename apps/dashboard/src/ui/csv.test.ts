import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('writes numbers as they are, and quotes what needs it', () => {
  expect(
    csvOf([
      ['Model', 'Cost'],
      ['gpt-5', '0.0135'],
      ['a, "b"\nc', -12],
    ]),
  ).toBe('Model,Cost\r\ngpt-5,0.0135\r\n"a, ""b""\nc",-12\r\n')
})

it.each(['=HYPERLINK("https://evil.example")', '+1+1', '-1+1', '@SUM(A1)', '\tx'])('does not let a spreadsheet run %j', text => {
  expect(csvOf([[text]]).replace(/^"/, '')).toMatch(/^'/)
})

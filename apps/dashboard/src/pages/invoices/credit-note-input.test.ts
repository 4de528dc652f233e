import { describe, expect, it } from 'vitest'
import { contentsOf, type CreditNoteForm, pathOfLine } from './credit-note-input.ts'

const form: CreditNoteForm = { kind: 'lines', amount: '5', lines: { first: '', second: ' 2.50 ', third: '1' }, reason: 'Goodwill' }

describe('contentsOf', () => {
  it('names neither an amount nor lines for everything that is left', () => {
    expect(contentsOf({ ...form, kind: 'whole' })).toEqual({})
  })

  it('names only the amount of a part', () => {
    expect(contentsOf({ ...form, kind: 'amount' })).toEqual({ amount: '5' })
  })

  it('names the lines that have an amount', () => {
    const lines = [
      { lineId: 'second', amount: '2.50' },
      { lineId: 'third', amount: '1' },
    ]
    expect(contentsOf(form)).toEqual({ lines })
  })
})

it('finds a line in the input by its place among those that have an amount', () => {
  expect(pathOfLine(form, 'first')).toBeUndefined()
  expect(pathOfLine(form, 'third')).toBe('lines[1]')
})

import { defineColumns } from '@tollgate/postgres'
import { expect, it } from 'vitest'
import { assignColumns, pickColumns } from './pick-columns.ts'

interface Row {
  readonly id: string
  readonly used: number
  readonly note: string
}

const COLUMNS = defineColumns<Row>(column => [
  column('id', 'text', ({ id }) => id),
  column('used', 'bigint', ({ used }) => used),
  column('note', 'text', ({ note }) => note),
])

it('picks columns in the order given', () => {
  expect(pickColumns(COLUMNS, 'note', 'id').names).toBe('note, id')
})

it('rejects a column that does not exist', () => {
  expect(() => pickColumns(COLUMNS, 'missing')).toThrow('There is no column missing')
})

it('assigns all columns except the id', () => {
  expect(assignColumns(COLUMNS, 'changed')).toBe('used = changed.used, note = changed.note')
})

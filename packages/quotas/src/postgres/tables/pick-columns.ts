import { type Columns, defineColumns } from '@tollgate/postgres'

/** Returns some of the columns, in the order given. For statements that write a part of a table's columns. */
export function pickColumns<Row>({ list }: Columns<Row>, ...names: readonly string[]): Columns<Row> {
  return defineColumns(() =>
    names.map(name => {
      const column = list.find(one => one.name === name)
      if (column === undefined) throw new Error(`There is no column ${name}`)
      return column
    }),
  )
}

/** Returns `used = changed.used, reserved = changed.reserved`, without `id`, for the set clause of an update. */
export function assignColumns<Row>({ list }: Columns<Row>, source: string): string {
  const changing = list.filter(({ name }) => name !== 'id')
  return changing.map(({ name }) => `${name} = ${source}.${name}`).join(', ')
}

import type { Decimal, Temporal } from '@tollgate/kernel'
import {
  bigintArray,
  booleanArray,
  bytesArray,
  integerArray,
  jsonArray,
  jsonbArray,
  NO_VALUES,
  numericArray,
  smallintArray,
  textArray,
  timestampArray,
  uuidArray,
} from './column-array.ts'

/** The PostgreSQL types that a column can have, each with the value that it is read from. `bytea` is read from hexadecimal text. */
export interface ColumnValues {
  text: string
  uuid: string
  bytea: string
  bigint: number | bigint
  integer: number
  smallint: number
  boolean: boolean
  numeric: Decimal
  timestamptz: Temporal.Instant | number
  json: unknown
  jsonb: unknown
}

const ENCODERS: { readonly [Type in keyof ColumnValues]: (values: readonly (ColumnValues[Type] | null)[]) => unknown } = {
  text: textArray,
  uuid: uuidArray,
  bytea: bytesArray,
  bigint: bigintArray,
  integer: integerArray,
  smallint: smallintArray,
  boolean: booleanArray,
  numeric: numericArray,
  timestamptz: timestampArray,
  json: jsonArray,
  jsonb: jsonbArray,
}

/** A column of a batch of rows: its name, its type, and how to encode it as one array parameter. */
export interface Column<Row> {
  readonly name: string
  readonly type: keyof ColumnValues
  readonly encode: (rows: readonly Row[]) => unknown
}

/** Declares a column. `read` returns its value in a row; null and undefined are stored as null. */
export type DeclareColumn<Row> = <Type extends keyof ColumnValues>(
  name: string,
  type: Type,
  read: (row: Row) => ColumnValues[Type] | null | undefined,
) => Column<Row>

/**
 * Columns that a statement writes from a batch of rows, one array parameter each. The text of the statement and its
 * values are both derived from these, so they cannot disagree.
 */
export interface Columns<Row> {
  readonly list: readonly Column<Row>[]
  /** `id, tenant_id`. */
  readonly names: string
  /** `unnest($3::uuid[]) as id, unnest($4::text[]) as tenant_id`, for a select list. Parameters start at `first`. */
  unnest(first: number): string
  /** `unnest($3::uuid[], $4::text[]) as alias (id, tenant_id)`, for a from clause. Parameters start at `first`. */
  unnestAs(alias: string, first: number): string
  /** The value of each parameter, in the same order. A column in `encoded` is not encoded again. */
  values(rows: readonly Row[], encoded?: EncodedColumns<Row>): unknown[]
}

/** Columns that were encoded for a batch, so that several statements over the same rows can share them. */
export type EncodedColumns<Row> = Map<Column<Row>['encode'], unknown>

/**
 * Declares columns once, for the statement and for its values:
 * `defineColumns<Event>(column => [column('id', 'uuid', event => event.id), …])`.
 */
export function defineColumns<Row>(declare: (column: DeclareColumn<Row>) => readonly Column<Row>[]): Columns<Row> {
  const list = declare(declareColumn)
  const names = list.map(({ name }) => name).join(', ')
  return {
    list,
    names,
    unnest: first => list.map(({ name, type }, i) => `unnest($${first + i}::${type}[]) as ${name}`).join(', '),
    unnestAs: (alias, first) => `unnest(${list.map(({ type }, i) => `$${first + i}::${type}[]`).join(', ')}) as ${alias} (${names})`,
    values: (rows, encoded) => list.map(({ encode }) => (encoded === undefined ? encode(rows) : encodeOnce(encode, rows, encoded))),
  }
}

/** Returns the function that declares columns of a row, for a column that several tables share. */
export function columnOf<Row>(): DeclareColumn<Row> {
  return declareColumn
}

/** Returns the same column under another name. Both are encoded once when they share `EncodedColumns`. */
export function renameColumn<Row>(column: Column<Row>, name: string): Column<Row> {
  return { ...column, name }
}

function declareColumn<Row, Type extends keyof ColumnValues>(name: string, type: Type, read: (row: Row) => ColumnValues[Type] | null | undefined): Column<Row> {
  const encodeValues: (values: readonly (ColumnValues[Type] | null)[]) => unknown = ENCODERS[type]
  return {
    name,
    type,
    encode(rows) {
      let isEmpty = true
      const values = rows.map(row => {
        const value = read(row) ?? null
        if (value !== null) isEmpty = false
        return value
      })
      // Many columns are empty in a whole batch; those cost nothing.
      return isEmpty ? NO_VALUES : encodeValues(values)
    },
  }
}

function encodeOnce<Row>(encode: Column<Row>['encode'], rows: readonly Row[], encoded: EncodedColumns<Row>): unknown {
  if (!encoded.has(encode)) encoded.set(encode, encode(rows))
  return encoded.get(encode)
}

import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bigintArray,
  booleanArray,
  bytesArray,
  integerArray,
  jsonbArray,
  NO_VALUES,
  numericArray,
  smallintArray,
  textArray,
  timestampArray,
  uuidArray,
} from './column-array.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const UUIDS = ['00000000-0000-0000-0000-000000000000', '0192f3a0-7b1c-7def-8abc-0123456789ab', 'ffffffff-ffff-ffff-ffff-ffffffffffff']

describe('arrays reach PostgreSQL as they were', () => {
  it.each<{ type: string; array: unknown; texts: (string | null)[] }>([
    {
      type: 'text',
      array: textArray(['', 'a', null, '{"x", \\}', 'é 漢 🎉', 'NULL', ' \n\t']),
      texts: ['', 'a', null, '{"x", \\}', 'é 漢 🎉', 'NULL', ' \n\t'],
    },
    { type: 'text', array: textArray([]), texts: [] },
    { type: 'uuid', array: uuidArray(UUIDS), texts: UUIDS },
    { type: 'bytea', array: bytesArray(4, ['00000000', 'deadbeef']), texts: ['\\x00000000', '\\xdeadbeef'] },
    {
      type: 'bigint',
      array: bigintArray([0, -1, null, 1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2n ** 63n - 1n]),
      texts: ['0', '-1', null, '1', '4294967296', '-4294967297', '9007199254740991', '-9007199254740991', '9223372036854775807'],
    },
    { type: 'integer', array: integerArray([0, -1, null, 2147483647]), texts: ['0', '-1', null, '2147483647'] },
    { type: 'smallint', array: smallintArray([-1, null, 914]), texts: ['-1', null, '914'] },
    { type: 'boolean', array: booleanArray([true, false]), texts: ['true', 'false'] },
    {
      type: 'numeric',
      array: numericArray(['0.000000000000000001', null, '-12345678901234567890.5']),
      texts: ['0.000000000000000001', null, '-12345678901234567890.5'],
    },
    { type: 'jsonb', array: jsonbArray(['{"a": "\\"é\\""}', null]), texts: ['{"a": "\\"é\\""}', null] },
    {
      type: 'timestamptz',
      array: timestampArray([0, null, 1_773_144_000_123_456, -1, -9e17]),
      texts: ['1970-01-01 00:00:00+00', null, '2026-03-10 12:00:00.123456+00', '1969-12-31 23:59:59.999999+00', '4714-11-24 00:00:00+00 BC'],
    },
    { type: 'text', array: NO_VALUES, texts: [] },
  ])('$type: $texts', async ({ type, array, texts }) => {
    const rows = await test.database.query<{ value: string | null }>(
      tenantScope(),
      `select value::text from unnest($1::${type}[]) with ordinality as v (value, position) order by position`,
      [array],
    )
    expect(rows.map(({ value }) => value)).toEqual(texts)
  })
})

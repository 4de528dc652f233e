import { Decimal, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const INSTANT = Temporal.Instant.from('2026-03-10T12:00:00.123456Z')
const UUIDS = ['00000000-0000-0000-0000-000000000000', '0192f3a0-7b1c-7def-8abc-0123456789ab', 'ffffffff-ffff-ffff-ffff-ffffffffffff']

it.each([
  '',
  'ana',
  '0192f3a0-7b1c-7def-8abc-0123456789a',
  '0192f3a0-7b1c-7def-8abc-0123456789ag',
  '0192f3a0-7b1c-7def-8abc-0123456789aß',
  '0192f3a07b1c7def8abc0123456789ab',
])('rejects %j as a UUID', text => {
  expect(() => uuidArray([...UUIDS, text])).toThrow(new RangeError(`"${text}" is not a UUID`))
})

describe('PostgreSQL reads an encoded array', () => {
  it.each<{ type: string; array: unknown; texts: (string | null)[] }>([
    {
      type: 'text',
      array: textArray(['', 'a', null, '{"x", \\}', 'é 漢 🎉', 'NULL', ' \n\t']),
      texts: ['', 'a', null, '{"x", \\}', 'é 漢 🎉', 'NULL', ' \n\t'],
    },
    { type: 'text', array: textArray([]), texts: [] },
    { type: 'uuid', array: uuidArray(UUIDS), texts: UUIDS },
    { type: 'bytea', array: bytesArray(['00000000', null, 'deadbeef', '', 'ff']), texts: ['\\x00000000', null, '\\xdeadbeef', '\\x', '\\xff'] },
    { type: 'uuid', array: uuidArray([null, ...UUIDS]), texts: [null, ...UUIDS] },
    {
      type: 'bigint',
      array: bigintArray([0, -1, null, 1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2n ** 63n - 1n]),
      texts: ['0', '-1', null, '1', '4294967296', '-4294967297', '9007199254740991', '-9007199254740991', '9223372036854775807'],
    },
    { type: 'integer', array: integerArray([0, -1, null, 2147483647]), texts: ['0', '-1', null, '2147483647'] },
    { type: 'smallint', array: smallintArray([-1, null, 914]), texts: ['-1', null, '914'] },
    { type: 'boolean', array: booleanArray([true, null, false]), texts: ['true', null, 'false'] },
    {
      type: 'numeric',
      array: numericArray([new Decimal('0.000000000000000001'), null, new Decimal('-12345678901234567890.5')]),
      texts: ['0.000000000000000001', null, '-12345678901234567890.5'],
    },
    { type: 'jsonb', array: jsonbArray([{ a: '"é"' }, null]), texts: ['{"a": "\\"é\\""}', null] },
    {
      type: 'timestamptz',
      array: timestampArray([0, null, 1_773_144_000_123_456, -1, -9e17]),
      texts: ['1970-01-01 00:00:00+00', null, '2026-03-10 12:00:00.123456+00', '1969-12-31 23:59:59.999999+00', '4714-11-24 00:00:00+00 BC'],
    },
    { type: 'json', array: jsonArray([{ a: '"é"' }, null, 1]), texts: ['{"a":"\\"é\\""}', null, '1'] },
    {
      type: 'timestamptz',
      array: timestampArray([INSTANT, INSTANT, null, Temporal.Instant.from('2026-03-10T12:00:00.123456789Z')]),
      texts: ['2026-03-10 12:00:00.123456+00', '2026-03-10 12:00:00.123456+00', null, '2026-03-10 12:00:00.123456+00'],
    },
    { type: 'text', array: NO_VALUES, texts: [] },
  ])('of $type: $texts', async ({ type, array, texts }) => {
    const rows = await test.database.query<{ value: string | null }>(
      tenantScope(),
      `select value::text from unnest($1::${type}[]) with ordinality as v (value, position) order by position`,
      [array],
    )
    expect(rows.map(({ value }) => value)).toEqual(texts)
  })
})

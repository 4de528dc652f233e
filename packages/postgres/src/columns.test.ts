import { Decimal, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_VALUES } from './column-array.ts'
import { columnOf, defineColumns, type EncodedColumns, renameColumn } from './columns.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

interface Sale {
  readonly id: string
  readonly units: number
  readonly amount: Decimal | null
  readonly note?: string
  readonly soldAt: Temporal.Instant
  readonly details: unknown
}

const SALE_COLUMNS = defineColumns<Sale>(column => [
  column('id', 'text', sale => sale.id),
  column('units', 'bigint', sale => sale.units),
  column('amount', 'numeric', sale => sale.amount),
  column('note', 'text', sale => sale.note),
  column('sold_at', 'timestamptz', sale => sale.soldAt),
  column('details', 'jsonb', sale => sale.details),
])

const SOLD_AT = Temporal.Instant.from('2026-03-10T12:00:00Z')
const SALES: readonly Sale[] = [
  { id: 'a', units: 1, amount: new Decimal('0.1'), soldAt: SOLD_AT, details: { by: 'Ana' } },
  { id: 'b', units: 2, amount: null, soldAt: SOLD_AT, details: null },
]
const STORED = [
  { id: 'a', units: '1', amount: '0.1', note: null, sold_at: '2026-03-10 12:00:00+00', details: { by: 'Ana' } },
  { id: 'b', units: '2', amount: null, note: null, sold_at: '2026-03-10 12:00:00+00', details: null },
]

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describe('columns', () => {
  it('derive a select list and the values of its parameters', async () => {
    const rows = await test.database.query(tenantScope(), `select ${SALE_COLUMNS.unnest(2)}, $1::int as parameter`, [7, ...SALE_COLUMNS.values(SALES)])
    expect(rows).toEqual(STORED.map(row => ({ ...row, parameter: 7 })))
  })

  it('derive a from clause and the values of its parameters', async () => {
    const rows = await test.database.query(tenantScope(), `select ${SALE_COLUMNS.names} from ${SALE_COLUMNS.unnestAs('sale', 1)}`, SALE_COLUMNS.values(SALES))
    expect(rows).toEqual(STORED)
  })

  it('send nothing for a column that is null in the whole batch', () => {
    expect(SALE_COLUMNS.values(SALES)[3]).toBe(NO_VALUES)
  })

  it('are encoded once when two statements share them', () => {
    const id = columnOf<Sale>()('id', 'text', sale => sale.id)
    const sales = defineColumns<Sale>(column => [id, column('units', 'bigint', sale => sale.units)])
    const keys = defineColumns<Sale>(() => [renameColumn(id, 'sale_id')])
    const encoded: EncodedColumns<Sale> = new Map()
    const [ids] = sales.values(SALES, encoded)
    expect(keys.names).toBe('sale_id')
    expect(keys.values(SALES, encoded)[0]).toBe(ids)
    expect(keys.values(SALES)[0]).not.toBe(ids)
  })
})

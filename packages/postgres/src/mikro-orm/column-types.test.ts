import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { defineEntity, p } from '@mikro-orm/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { DecimalColumn, InstantColumn } from './column-types.ts'
import type { EntityDatabase } from './entity-database.ts'
import { grantToApplication } from '../migrations/tenant-isolation.ts'

const Payment = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  schema: 'tollgate',
  properties: {
    id: p.integer().primary(),
    amount: p.type(DecimalColumn),
    fee: p.type(DecimalColumn).nullable(),
    paidAt: p.type(InstantColumn).fieldName('paid_at'),
    refundedAt: p.type(InstantColumn).fieldName('refunded_at').nullable(),
  },
})

let test: TestDatabase<EntityDatabase>
const inDatabase: EntityDatabase['entities'] = (scope, work) => test.database.entities(scope, work)

beforeAll(async () => {
  test = await createTestDatabase({ entities: [Payment] })
  await test.asOwner(`create table tollgate.payments (
    id int primary key, amount numeric not null, fee numeric(20, 4), paid_at timestamptz not null, refunded_at timestamptz)`)
  await test.asOwner(grantToApplication('tollgate.payments', 'select, insert, update'))
})
afterAll(() => test.drop())

let lastId = 0

async function store(fields: { amount?: Decimal; fee?: Decimal | null; paidAt?: string; refundedAt?: string | null }): Promise<number> {
  lastId += 1
  const id = lastId
  await inDatabase(OPERATOR_SCOPE, async entities => {
    entities.create(Payment, {
      id,
      amount: fields.amount ?? new Decimal(1),
      fee: fields.fee ?? null,
      paidAt: Temporal.Instant.from(fields.paidAt ?? '2026-01-01T00:00:00Z'),
      refundedAt: typeof fields.refundedAt === 'string' ? Temporal.Instant.from(fields.refundedAt) : null,
    })
  })
  return id
}

const load = (id: number) => inDatabase(OPERATOR_SCOPE, entities => entities.findOneOrFail(Payment, { id }))
const stored = async (id: number, column: string) =>
  (await test.asOwner<{ text: string }>(`select ${column}::text as text from tollgate.payments where id = $1`, [id]))[0]?.text

describe('DecimalColumn', () => {
  it.each(['0', '-12.50', '0.000000000000000000000000000001', '123456789012345678901234567890.123456789012345678901234567890'])(
    'keeps every digit of %s',
    async numeral => {
      const id = await store({ amount: new Decimal(numeral) })
      const { amount } = await load(id)
      expect(amount).toBeInstanceOf(Decimal)
      expect(amount.eq(numeral)).toBe(true)
      expect(await stored(id, 'amount')).toBe(new Decimal(numeral).toFixed())
    },
  )

  it('keeps null', async () => {
    expect((await load(await store({ fee: null }))).fee).toBeNull()
  })

  it.each([NaN, Infinity])('rejects %d', async number => {
    await expect(store({ amount: new Decimal(number) })).rejects.toThrow(/cannot be stored/)
  })

  it('treats a number with trailing zeros as unchanged', async () => {
    const id = await store({ fee: new Decimal('1.5') }) // read back as 1.5000
    const [before] = await test.asOwner(`select xmin from tollgate.payments where id = $1`, [id])
    await inDatabase(OPERATOR_SCOPE, async entities => {
      const payment = await entities.findOneOrFail(Payment, { id })
      payment.fee = new Decimal('1.50')
    })
    expect(await test.asOwner(`select xmin from tollgate.payments where id = $1`, [id])).toEqual([before])
  })

  it('can be updated and used in a condition', async () => {
    const id = await store({ amount: new Decimal('777.70') })
    const found = await inDatabase(OPERATOR_SCOPE, async entities => {
      const payment = await entities.findOneOrFail(Payment, { amount: { $gte: new Decimal('777.7'), $lt: new Decimal('777.71') } })
      payment.amount = payment.amount.plus('0.05')
      return payment.id
    })
    expect(found).toBe(id)
    expect(await stored(id, 'amount')).toBe('777.75')
  })
})

describe('InstantColumn', () => {
  it.each([
    ['2026-11-20T09:30:00Z', '2026-11-20T09:30:00Z'],
    ['2026-11-20T09:30:00.123456Z', '2026-11-20T09:30:00.123456Z'],
    ['2025-12-31T23:59:59.999999999Z', '2025-12-31T23:59:59.999999Z'], // not in the next year
    ['1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('keeps %s to the microsecond', async (written, read) => {
    expect((await load(await store({ paidAt: written }))).paidAt.toString()).toBe(read)
  })

  it('keeps null', async () => {
    expect((await load(await store({ refundedAt: null }))).refundedAt).toBeNull()
  })

  it('can be updated and used in a condition', async () => {
    const id = await store({ paidAt: '2030-06-01T00:00:00.000001Z' })
    await inDatabase(OPERATOR_SCOPE, async entities => {
      const payment = await entities.findOneOrFail(Payment, { paidAt: Temporal.Instant.from('2030-06-01T02:00:00.000001+02:00') })
      payment.refundedAt = payment.paidAt.add({ hours: 1 })
    })
    expect((await load(id)).refundedAt?.toString()).toBe('2030-06-01T01:00:00.000001Z')
  })
})

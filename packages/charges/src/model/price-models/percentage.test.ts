import { describe, expect, it } from 'vitest'
import { Decimal } from '@tollgate/kernel'
import { definePriceModel, type PriceModelDraft } from './price-model.ts'
import { priceUsage } from './price-usage.ts'
import { sumLines } from './priced-line.ts'

const card = { kind: 'percentage', percent: '2.9', fixed: '0.3', minimumPerTransaction: '0.5', maximumPerTransaction: '10' } as const

describe.each<{ price: PriceModelDraft; transactions: readonly string[]; amounts: readonly string[] }>([
  { price: { kind: 'percentage', percent: '10' }, transactions: ['100'], amounts: ['10'] },
  { price: { kind: 'percentage', percent: '0.00000001' }, transactions: ['0.000000000000000000000001'], amounts: ['0.0000000000000000000000000000000001'] },
  { price: { kind: 'percentage', percent: 250 }, transactions: ['0.00495'], amounts: ['0.012375'] },
  { price: card, transactions: ['100'], amounts: ['2.9', '0.3'] },
  { price: card, transactions: ['1'], amounts: ['0.029', '0.3', '0.171'] }, // raised to 0.50
  { price: card, transactions: ['1000'], amounts: ['29', '0.3', '-19.3'] }, // lowered to 10
  { price: card, transactions: ['0'], amounts: ['0', '0.3', '0.2'] }, // the fixed amount is due for a transaction of 0
  { price: card, transactions: [], amounts: [] },
  { price: card, transactions: ['1', '100'], amounts: ['0.029', '0.3', '0.171', '2.9', '0.3'] }, // each transaction on its own
  { price: { ...card, maximum: 3 }, transactions: ['1', '100'], amounts: ['0.029', '0.3', '0.171', '2.9', '0.3', '-0.7'] }, // and the maximum of their sum
])('percentage of $transactions', ({ price, transactions, amounts }) => {
  it(`is ${amounts.join(' + ') || 'nothing'}`, () => {
    const priced = priceUsage(
      definePriceModel(price),
      transactions.map(amount => ({ quantity: new Decimal(amount), dimensions: {} })),
    )
    const lines = priced.state === 'priced' ? priced.lines : []
    expect(priced.state).toBe('priced')
    expect(lines.map(({ amount }) => amount.toFixed())).toEqual(amounts)
    expect(sumLines(lines).isNegative()).toBe(false)
  })
})

it('percentage: labels each of several transactions', () => {
  const parts = ['1', '2'].map(amount => ({ quantity: new Decimal(amount), dimensions: {} }))
  expect(priceUsage(definePriceModel({ kind: 'percentage', percent: 5 }), parts)).toMatchObject({
    lines: [{ label: 'transaction 1: 5 % of the amount' }, { label: 'transaction 2: 5 % of the amount' }],
  })
})

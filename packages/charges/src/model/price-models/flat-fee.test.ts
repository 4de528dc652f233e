import { Decimal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { priceFlatFee } from './flat-fee.ts'

it.each(['0', '1', '123456.5'])('flat fee: %s units cost the fee', units => {
  const [line, ...more] = priceFlatFee(new Decimal(units), { kind: 'flat-fee', fee: new Decimal('19.99') })
  expect(more).toEqual([])
  expect([line?.quantity.toFixed(), line?.units.toFixed(), line?.amount.toFixed()]).toEqual([units, '1', '19.99'])
})

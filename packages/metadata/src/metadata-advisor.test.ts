import { expect, it } from 'vitest'
import { createMetadataAdvisor } from './metadata-advisor.ts'

function observing(ids: readonly string[]): ReturnType<typeof createMetadataAdvisor> {
  const advisor = createMetadataAdvisor()
  for (const customerId of ids) advisor.observe({ customerId, productId: 'crm' })
  return advisor
}
const many = (count: number, id: (i: number) => string) => Array.from({ length: count }, (_, i) => id(i))

it('learns a convention, whatever it is, and says how many depart from it', () => {
  const advisor = observing([...many(97, i => `cus-${i}`), '0001', '0002', 'acme'])
  expect(advisor.findings()).toEqual([
    { kind: 'id_format', field: 'customerId', message: 'is mostly formed like "cus-0", but not in 3 of 100 cases, such as "0001"' },
  ])
})

it.each<[string, readonly string[]]>([
  ['all ids are alike', many(100, i => `cust_${i}`)],
  ['there is no convention', [...many(50, i => `cust_${i}`), ...many(50, i => `client_${i}`)]],
  ['there are too few to know', [...many(8, i => `cust_${i}`), '0001']],
  ['there are none', []],
])('finds nothing when %s', (_, ids) => {
  expect(observing(ids).findings()).toEqual([])
})

it('keeps a bounded number of formats, and still counts what is beyond', () => {
  const advisor = observing([...many(10_000, i => `cust_${i}`), ...many(1_000, i => `p${i}_x`)])
  expect(advisor.findings()[0]?.message).toMatch(/1000 of 11000 cases/)
})

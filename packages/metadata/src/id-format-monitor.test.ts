import { expect, it } from 'vitest'
import { createIdFormatMonitor } from './id-format-monitor.ts'

function monitorOf(ids: readonly string[]): ReturnType<typeof createIdFormatMonitor> {
  const monitor = createIdFormatMonitor()
  for (const customerId of ids) monitor.observe({ customerId, productId: 'crm' })
  return monitor
}
const many = (count: number, id: (i: number) => string) => Array.from({ length: count }, (_, i) => id(i))

it('learns the usual format of ids, and counts the ids that deviate', () => {
  const monitor = monitorOf([...many(97, i => `cus-${i}`), '0001', '0002', 'acme'])
  expect(monitor.warnings()).toEqual([
    { kind: 'id_format', field: 'customerId', message: 'usually looks like "cus-0", but 3 of 100 ids do not, such as "0001"' },
  ])
})

it.each<[string, readonly string[]]>([
  ['all ids have the same format', many(100, i => `cust_${i}`)],
  ['no format is dominant', [...many(50, i => `cust_${i}`), ...many(50, i => `client_${i}`)]],
  ['there are too few ids', [...many(8, i => `cust_${i}`), '0001']],
  ['there are no ids', []],
])('has no warnings if %s', (_, ids) => {
  expect(monitorOf(ids).warnings()).toEqual([])
})

it('remembers a bounded number of formats, and counts all ids', () => {
  const monitor = monitorOf([...many(10_000, i => `cust_${i}`), ...many(1_000, i => `p${i}_x`)])
  expect(monitor.warnings()[0]?.message).toMatch(/1000 of 11000 ids/)
})

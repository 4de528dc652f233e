import type { UsageSum } from '@tollgate/charges'
import { Temporal, ZERO } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { MAX_CELLS, readUsageCells } from './read-usage-cells.ts'

it('reads 10,000 groups of usage in a period, and says what to do about more', async () => {
  const at = Temporal.Instant.from('2026-10-01T00:00:00Z')
  const read = (groups: number) => {
    const figures = { calls: 1, unpricedCalls: 0, tokens: {} as UsageSum['tokens'], quantity: ZERO, cost: ZERO }
    const sum = (i: number): UsageSum => ({ key: ['openai', 'gpt-5', `customer-${i}`], ...figures })
    const sums = async ({ first }: { readonly first: number }) => [Array.from({ length: Math.min(first, groups) }, (_, i) => sum(i))]
    return readUsageCells({ sums }, { tenantId: 'acme', range: { from: at, to: at }, others: ['customer'] })
  }
  expect((await read(MAX_CELLS)).at(-1)).toMatchObject({ model: 'gpt-5', dimensions: { customer: 'customer-9999' }, calls: 1 })
  await expect(read(MAX_CELLS + 1)).rejects.toThrow('lineDimensions: give more than 10000 lines in a period: choose dimensions with fewer values')
})

import type { ChargedUsageReader } from '@tollgate/charges'
import { type Decimal, InvalidInput, type Period, ZERO } from '@tollgate/kernel'
import type { UsageCellShare } from '../engine/billing/usage-dues.ts'

/** Maximum number of groups of usage in a period of one tenant: each can be a line of its invoice. */
export const MAX_CELLS = 10_000

/** Reads the usage of a tenant in a range, by model and by other dimensions. Throws `InvalidInput` for too many groups. */
export async function readUsageCells(
  usage: Pick<ChargedUsageReader, 'sums'>,
  { tenantId, range, others }: { readonly tenantId: string; readonly range: Period; readonly others: readonly string[] },
): Promise<readonly UsageCellShare[]> {
  const [sums = []] = await usage.sums({ tenantId, range, periods: [range], by: ['provider', 'model', ...others], first: MAX_CELLS + 1 })
  if (sums.length > MAX_CELLS) {
    throw new InvalidInput([{ path: 'lineDimensions', message: `give more than ${MAX_CELLS} lines in a period: choose dimensions with fewer values` }])
  }
  return sums.map(({ key: [provider = null, model = null, ...values], calls, tokens, quantity, cost }) => ({
    provider,
    model,
    dimensions: Object.fromEntries(others.map((dimension, i) => [dimension, values[i] ?? null])),
    calls,
    tokens: Object.values(tokens).reduce((sum: Decimal, count) => sum.plus(String(count ?? 0)), ZERO),
    units: quantity,
    cost,
  }))
}

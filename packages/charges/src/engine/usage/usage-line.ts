import type { Period } from '@tollgate/kernel'
import type { PriceCatalog } from '@tollgate/pricing'
import type { CountedUsage } from '../../model/rules/charge-rule.ts'
import { lineKey, type UsageCell } from '../../model/usage/usage-cell.ts'
import type { UsageLine } from '../periods/rate-part-charge.ts'
import { canonicalModel } from '../rules/canonical-model.ts'
import { countedParts } from './counted-parts.ts'

/** What the charge line of a cell depends on besides its usage. */
export interface UsageLineContext {
  readonly catalog: PriceCatalog
  readonly tenantId: string
  /** The whole range: a model has the same name in every part of it. */
  readonly range: Period
  /** What the price list counts. Defaults to tokens. */
  readonly counts?: CountedUsage | undefined
}

// Made once: it is slow to make.
const COUNT_FORMAT = /* @__PURE__ */ new Intl.NumberFormat('en')

/** Returns the usage of a model as a charge line, with the provider and model names that charge rules use. */
export function usageLine(cell: UsageCell, { catalog, tenantId, range, counts = 'tokens' }: UsageLineContext): UsageLine {
  const { provider, model, operation, calls, unpricedCalls, cost } = cell
  const named = provider !== null && model !== null ? canonicalModel(catalog, { provider, model, at: range.from, tenantId }) : { provider, model }
  const priced = calls - unpricedCalls
  return {
    ...named,
    key: lineKey(cell),
    parts: countedParts(cell, counts, { ...named, operation }),
    cost: priced === 0 && calls > 0 ? null : cost,
    label: `${provider ?? 'no'} ${model ?? 'model'}: ${COUNT_FORMAT.format(priced)} ${priced === 1 ? 'call' : 'calls'}`,
  }
}

import { Temporal } from '@tollgate/kernel'
import type { NewChargeRule } from '../charge-rule-store.ts'

/** The fields of a charge rule that matter to a test. Times are text. */
export type ChargeRuleTraits = Partial<Omit<NewChargeRule, 'from' | 'to' | 'publishedAt'>> & {
  readonly from?: string
  readonly to?: string
  readonly publishedAt?: string
}

/** Builds a charge rule. Defaults to the markup "standard" of 20 % for all tenants from 2026 on. Ids count up. */
export function makeChargeRule({ from, to, publishedAt, ...traits }: ChargeRuleTraits = {}): NewChargeRule {
  count += 1
  return {
    id: `01900000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    kind: 'markup',
    name: 'standard',
    tenantId: null,
    plan: null,
    terms: { kind: 'markup', percent: '20' },
    ...traits,
    from: Temporal.Instant.from(from ?? '2026-01-01T00:00:00Z'),
    to: to === undefined ? null : Temporal.Instant.from(to),
    publishedAt: Temporal.Instant.from(publishedAt ?? '2026-01-01T00:00:00Z'),
  }
}

let count = 0

import { Decimal, periodIncludes, Temporal, ZERO } from '@tollgate/kernel'
import type { UsageChargeReader } from '../../billing/usage-charge-reader.ts'
import type { UsageCharge } from '../../engine/billing/usage-charge.ts'

/** Usage as tests write it: what it costs the tenant, in US dollars. */
export interface UsageOfTest {
  readonly tenantId?: string
  readonly at: string
  readonly charge: string
  readonly model?: string
  readonly discount?: string
  readonly tokens?: number
  readonly organization?: string
}

/** Charges usage from a list that tests can add to. Each event costs what it says. */
export function usageChargesOf(events: readonly UsageOfTest[]): UsageChargeReader {
  return {
    totals: async (tenantId, ranges) =>
      ranges.map(range => {
        const used = events.filter(({ tenantId: of = 'acme', at }) => of === tenantId && periodIncludes(range, Temporal.Instant.from(at)))
        return { calls: used.length, cost: used.reduce((sum, { charge }) => sum.plus(charge), ZERO) }
      }),
    read: async (tenantId, periods) =>
      periods.map(({ ranges }) => ({
        currency: 'USD',
        stretches: ranges.map(range => {
          const used = events.filter(({ tenantId: of = 'acme', at }) => of === tenantId && periodIncludes(range, Temporal.Instant.from(at)))
          return {
            range,
            charges: [...Map.groupBy(used, ({ model = 'gpt-5' }) => model)].map(([model, of]) => chargeOf(model, of)),
            cells: used.map(event => ({
              provider: 'openai',
              model: event.model ?? 'gpt-5',
              dimensions: { organization: event.organization ?? null },
              calls: 1,
              tokens: new Decimal(event.tokens ?? 1_000),
              units: ZERO,
              cost: new Decimal(event.charge),
            })),
          }
        }),
      })),
  }
}

function chargeOf(model: string, events: readonly UsageOfTest[]): UsageCharge {
  const sum = (value: (event: UsageOfTest) => Decimal) => events.reduce((total, event) => total.plus(value(event)), ZERO)
  const discount = sum(event => new Decimal(event.discount ?? 0))
  const amount = sum(({ charge }) => new Decimal(charge))
  return {
    provider: 'openai',
    model,
    allModels: false,
    usage: { calls: events.length, unpricedCalls: 0, tokens: sum(({ tokens = 1_000 }) => new Decimal(tokens)), units: ZERO, cost: amount },
    amount,
    discounts: discount.isZero() ? [] : [{ rule: 'launch v1', promotion: 'launch', amount: discount, budget: undefined }],
    explanations: [],
  }
}

import type { Tenant } from '@tollgate/accounts'
import { InvalidInput, type Period, type Scope, tenantOfScope, tenantScope, timeZone as checkTimeZone } from '@tollgate/kernel'
import type { Usage, UsageFilter } from '@tollgate/usage'
import { forCustomers } from '../../../../graphql/plugins/access-tokens.ts'
import { onlyUsageOfCustomer } from '../../../../graphql/only-own-customer.ts'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { namedPeriod, type PeriodName, precedingRange } from '../../named-period.ts'
import { TimeRangeInputRef } from '../time-range-input.ts'
import { toFilter, UsageFilterInputRef } from '../usage-filter-input.ts'
import { CostBasisRef, UsagePeriodRef } from '../usage-enums.ts'
import { MAX_CHARGED_TENANTS } from './charged-measures.ts'
import { reportTotals } from './report-totals.ts'
import { type ChargedReport, UsageReportRef } from './usage-report.ts'

builder.queryField('usage', t =>
  t.field({
    type: UsageReportRef,
    authScopes: { can: 'usage:read' },
    extensions: forCustomers(onlyUsageOfCustomer),
    description: 'Reports usage: in total, over time, and by any combination of dimensions. Name a range or a period.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants together.' }),
      range: t.arg({ type: TimeRangeInputRef, description: 'Range of `occurredAt`.' }),
      period: t.arg({ type: UsagePeriodRef, description: 'Period of `occurredAt` by name, such as THIS_MONTH.' }),
      timeZone: t.arg.string({
        description: 'IANA time zone of the period and of grouped series. Defaults to that of the tenant, and to UTC for all tenants together.',
      }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Events to include. Defaults to all.' }),
      costBasis: t.arg({ type: CostBasisRef, defaultValue: 'corrected', description: 'Whether costs include corrections. Defaults to CORRECTED.' }),
    },
    resolve: async (_root, { tenantId, range, period, timeZone, filter: input, costBasis }, context) => {
      if ((range === null || range === undefined) === (period === null || period === undefined)) {
        throw new InvalidInput([{ path: 'range', message: 'or period is required, and not both' }])
      }
      const scope = await readScope(context, tenantId)
      const { tollgate } = context
      const chargedTenant = tenantOfScope(scope)
      const filter = toFilter(input, context.viewer)
      const now = tollgate.clock.now(chargedTenant)
      const zone = timeZone === null || timeZone === undefined ? undefined : checkTimeZone(timeZone)
      let tenant: Promise<Tenant | undefined> | undefined
      const readTenant = () =>
        (tenant ??=
          chargedTenant === null
            ? Promise.resolve(undefined)
            : tollgate.accounts.tenantsByIds(tenantScope(chargedTenant), [chargedTenant]).then(([found]) => found))
      const readTimeZone = async () => zone ?? (await readTenant())?.timeZone ?? 'UTC'

      const reportOf = (of: Period, previous: (range: Period) => Period): ChargedReport => {
        const report = tollgate.usage.report(scope, { range: of, filter, costs: costBasis ?? 'corrected' })
        let tenants: ReturnType<typeof tenantsWithUsage> | undefined
        const readTenants = () => (tenants ??= tenantsWithUsage(tollgate.usage, scope, { range: of, filter }))
        const usage = { tenantId: chargedTenant, range: of, filter, ...(chargedTenant === null && { readTenants }) }
        let before: ChargedReport | undefined
        return {
          report,
          usage,
          readTotals: reportTotals(context, { report, usage }),
          readTimeZone,
          previous: () => (before ??= reportOf(previous(of), earlier => precedingRange(earlier, now))),
        }
      }
      if (range) return reportOf(range, of => precedingRange(of, now))
      const billingAnchorDay = (await readTenant())?.billingAnchorDay ?? 1
      const named = namedPeriod(period as PeriodName, { now, timeZone: await readTimeZone(), billingAnchorDay })
      return reportOf(named.range, () => named.previous)
    },
  }),
)

/** Returns the tenants with usage; undefined if there are more than charges are added up for. */
async function tenantsWithUsage(
  usage: Pick<Usage, 'report'>,
  scope: Scope,
  request: { readonly range: Period; readonly filter: UsageFilter },
): Promise<readonly string[] | undefined> {
  const found = await usage
    .report(scope, request)
    .breakdown({ by: ['tenant'], orderBy: 'calls', first: MAX_CHARGED_TENANTS + 1, details: false, customers: false })
  return found.length > MAX_CHARGED_TENANTS ? undefined : found.flatMap(({ key }) => key[0]?.value ?? [])
}

import type { Usage, UsageReport } from '@tollgate/usage'
import type { MetadataPolicies } from './metadata-policies.ts'
import { storedFilter, storedScope } from './stored-values.ts'

/** Metering that finds events by the values that their tenant's rules store. `createUsage` applies the rules to new events. */
export function anonymisedUsage(usage: Usage, policies: MetadataPolicies): Usage {
  const whenLoaded = <Result>(work: () => Promise<Result>): Promise<Result> => (policies.isLoaded() ? work() : policies.load().then(work))
  return {
    ...usage,
    track: request => whenLoaded(() => usage.track(request)),
    resendRejected: (scope, request) => whenLoaded(() => usage.resendRejected(scope, request)),
    events: (scope, query) =>
      whenLoaded(() => usage.events(storedScope(policies, scope), { ...query, ...(query.filter && { filter: storedFilter(policies, scope, query.filter) }) })),
    eventsById: (scope, ids) => whenLoaded(() => usage.eventsById(storedScope(policies, scope), ids)),
    report(scope, request) {
      const report = () =>
        usage.report(storedScope(policies, scope), { ...request, ...(request.filter && { filter: storedFilter(policies, scope, request.filter) }) })
      if (policies.isLoaded()) return report()
      report() // Throws at once if the request is invalid.
      return {
        totals: options => whenLoaded(() => report().totals(options)),
        series: options => whenLoaded(() => report().series(options)),
        breakdown: options => whenLoaded(() => report().breakdown(options)),
        breakdowns: options => whenLoaded(() => report().breakdowns(options)),
        groups: options => whenLoaded(() => report().groups(options)),
        groupedSeries: options => whenLoaded(() => report().groupedSeries(options)),
      } satisfies UsageReport
    },
  }
}

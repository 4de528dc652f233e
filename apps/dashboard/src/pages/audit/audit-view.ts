import { type Search, choiceIn, textIn } from '../../app/use-view.ts'
import type { TrailQueryVariables } from './audit.operations.ts'

export const DAYS = ['1', '7', '30', '90'] as const
export const RESULTS = ['SUCCESS', 'FAILURE', 'DENIED'] as const

/** The reports of an audit log, and the names that exports have for them. */
export const REPORTS = [
  { value: 'trail', label: 'All events', exportName: 'audit-trail' },
  { value: 'failed', label: 'Failed operations', exportName: 'failed-operations' },
  { value: 'security', label: 'Security events', exportName: 'security-events' },
  { value: 'types', label: 'Counts by type', exportName: undefined },
] as const

/** What the page shows of the log. */
export interface AuditView {
  readonly report: (typeof REPORTS)[number]['value']
  readonly days: (typeof DAYS)[number]
  readonly result: (typeof RESULTS)[number] | undefined
  /** Family and action, such as "key.created". */
  readonly type: string | undefined
  readonly actor: string | undefined
  readonly resource: string | undefined
}

/** Reads the view from the address. */
export function readAuditView(search: Search): AuditView {
  const reports = REPORTS.map(({ value }) => value)
  return {
    report: choiceIn(search, 'report', reports) ?? 'trail',
    days: DAYS.find(value => value === textIn(search, 'days')) ?? '7',
    result: choiceIn(search, 'result', RESULTS),
    type: textIn(search, 'type'),
    actor: textIn(search, 'actor'),
    resource: textIn(search, 'resource'),
  }
}

/** Returns the filter of the trail; null without any. */
export function filterOf({ result, type, actor, resource }: AuditView): NonNullable<TrailQueryVariables['filter']> | null {
  const filter = {
    ...(result !== undefined && { results: [result] }),
    ...(type !== undefined && { eventTypes: [type] }),
    ...(actor !== undefined && { actorIds: [actor] }),
    ...(resource !== undefined && { resourceIds: [resource] }),
  }
  return Object.keys(filter).length === 0 ? null : filter
}

/** Returns the path that downloads what the view shows, from a time on. */
export function exportPath(
  view: AuditView,
  format: 'csv' | 'jsonl',
  { tenantId, from }: { readonly tenantId: string | undefined; readonly from: string },
): string {
  const { exportName } = REPORTS.find(({ value }) => value === view.report) ?? REPORTS[0]
  const parameters = new URLSearchParams({ ...(tenantId !== undefined && { tenant: tenantId }), from })
  if (exportName === undefined) return `/v1/audit/report.${format}?${parameters}`
  parameters.set('report', exportName)
  if (view.report === 'trail') {
    for (const name of ['result', 'type', 'actor', 'resource'] as const) if (view[name] !== undefined) parameters.set(name, view[name])
  }
  return `/v1/audit/events.${format}?${parameters}`
}

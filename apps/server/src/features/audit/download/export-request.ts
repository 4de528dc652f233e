import { AUDIT_RESULTS, type AuditFilter, type AuditResult, type ExportFormat, type ExportRequest } from '@tollgate/audit'
import { InvalidInput, type Issue, parseInstant, type Period, Temporal } from '@tollgate/kernel'

/** The lists of events that can be exported, by name. */
export const EXPORT_LISTS = { 'audit-trail': 'all', 'failed-operations': 'failed', 'security-events': 'security' } as const

/** What a URL asks to export. */
export interface ExportQuery extends Pick<ExportRequest, 'range' | 'select' | 'filter' | 'personalData'> {
  readonly format: ExportFormat
  readonly tenantId: string | null
}

const FILTERS: Readonly<Record<string, keyof AuditFilter>> = {
  family: 'families',
  type: 'eventTypes',
  actor: 'actorIds',
  resourceType: 'resourceTypes',
  resource: 'resourceIds',
  result: 'results',
}

/** Reads the parameters of an export. Throws `InvalidInput`. */
export function readExportQuery(parameters: URLSearchParams, format: ExportFormat): ExportQuery {
  const issues: Issue[] = []
  const filter: { -readonly [Name in keyof AuditFilter]?: readonly string[] } = {}
  for (const name of new Set(parameters.keys())) {
    const field = FILTERS[name]
    if (field !== undefined) filter[field] = parameters.getAll(name)
    else if (!['tenant', 'from', 'to', 'report', 'personalData'].includes(name)) issues.push({ path: name.slice(0, 60), message: 'is not a parameter' })
    else if (parameters.getAll(name).length > 1) issues.push({ path: name, message: 'must be given once' })
  }
  const time = (name: 'from' | 'to'): Temporal.Instant | undefined => {
    const text = parameters.get(name)
    const instant = text === null ? undefined : parseInstant(text)
    if (text !== null && instant === undefined) issues.push({ path: name, message: 'must be a time with an offset, such as 2026-11-20T09:30:00Z' })
    return instant
  }
  const [from, to] = [time('from'), time('to')]
  const report = parameters.get('report') ?? 'audit-trail'
  if (!Object.hasOwn(EXPORT_LISTS, report)) issues.push({ path: 'report', message: `must be one of ${Object.keys(EXPORT_LISTS).join(', ')}` })
  const { results: named, ...filters } = filter
  const personalData = parameters.get('personalData') ?? 'encrypted'
  if (personalData !== 'encrypted' && personalData !== 'readable') issues.push({ path: 'personalData', message: 'must be "encrypted" or "readable"' })
  const results = named?.map(result => result.toLowerCase())
  if (results?.some(result => !AUDIT_RESULTS.includes(result as AuditResult))) issues.push({ path: 'result', message: 'must be success, failure or denied' })
  if (issues.length > 0) throw new InvalidInput(issues)
  return {
    format,
    personalData: personalData === 'readable' ? 'readable' : 'encrypted',
    tenantId: parameters.get('tenant'),
    range: exportRange(from, to),
    select: EXPORT_LISTS[report as keyof typeof EXPORT_LISTS],
    filter: { ...filters, ...(results !== undefined && { results: results as AuditResult[] }) },
  }
}

/** From before the first event to after the last. */
export const ALL_TIMES: Period = { from: Temporal.Instant.from('1970-01-01T00:00:00Z'), to: Temporal.Instant.from('9999-12-31T00:00:00Z') }

/** Returns the range between two times, either of which may be open; undefined for all times. */
export function exportRange(from: Temporal.Instant | undefined, to: Temporal.Instant | undefined): Period | undefined {
  return from === undefined && to === undefined ? undefined : { from: from ?? ALL_TIMES.from, to: to ?? ALL_TIMES.to }
}

import { describe, expect, it } from 'vitest'
import { exportPath, filterOf, readAuditView } from './audit-view.ts'

const FROM = { tenantId: 'acme', from: '2026-03-10T12:00:00Z' }

describe('the view of an audit log', () => {
  it('is all events of a week, if the address says nothing else', () => {
    const view = readAuditView({ report: 'none', days: 5, result: 'UNKNOWN' })
    expect(view).toMatchObject({ report: 'trail', days: '7', result: undefined })
    expect(filterOf(view)).toBeNull()
  })

  it('filters the trail by result, type, actor and resource', () => {
    const view = readAuditView({ result: 'DENIED', type: 'key.created', actor: 'key_1', resource: 'acme' })
    expect(filterOf(view)).toEqual({ results: ['DENIED'], eventTypes: ['key.created'], actorIds: ['key_1'], resourceIds: ['acme'] })
    expect(exportPath(view, 'jsonl', FROM)).toBe(
      '/v1/audit/events.jsonl?tenant=acme&from=2026-03-10T12%3A00%3A00Z&report=audit-trail&result=DENIED&type=key.created&actor=key_1&resource=acme',
    )
  })

  it.each([
    { report: 'failed', path: '/v1/audit/events.csv?from=2026-03-10T12%3A00%3A00Z&report=failed-operations' },
    { report: 'security', path: '/v1/audit/events.csv?from=2026-03-10T12%3A00%3A00Z&report=security-events' },
    { report: 'types', path: '/v1/audit/report.csv?from=2026-03-10T12%3A00%3A00Z' },
  ])('exports the report "$report" without the filters of the trail', ({ report, path }) => {
    expect(exportPath(readAuditView({ report, type: 'key.created' }), 'csv', { ...FROM, tenantId: undefined })).toBe(path)
  })
})

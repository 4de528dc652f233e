import type { Audit, AuditEventDraft, RecordedAuditEvent } from '@tollgate/audit'
import { describeIssues, type Issue } from '@tollgate/kernel'

/** An event as clients send it. Values of a wrong type and unknown fields are kept, so that only this event is rejected. */
interface ReportedEvent {
  readonly resourceType?: unknown
  readonly resourceId?: unknown
  readonly actorId?: unknown
}

/** Events that clients report to a log. */
interface ReportedEvents {
  readonly tenantId: string | null
  readonly events: readonly ReportedEvent[]
  /** Key that reports them. It is their actor too if they name none. */
  readonly reportedBy: string
}

/** Records events that clients report. Issues name the fields of the input. */
export async function recordReported(
  audit: Pick<Audit, 'recordEvents'>,
  { tenantId, events, reportedBy }: ReportedEvents,
): Promise<readonly RecordedAuditEvent[]> {
  const drafts = events.map(event => toDraft(event, reportedBy))
  const results = await audit.recordEvents({ tenantId, events: drafts })
  return results.map(result => {
    if (result.outcome !== 'rejected') return result
    const issues = result.issues.map(inputIssue)
    return { ...result, issues, reason: describeIssues(issues) }
  })
}

/** Fields of a draft that the input does not have. */
const DRAFT_FIELDS: ReadonlySet<string> = new Set(['actor', 'resource', 'reportedBy'])

/** Fields of the input that are part of an object of a draft. */
const INPUT_PATHS: Readonly<Record<string, string>> = { 'resource.type': 'resourceType', 'resource.id': 'resourceId', 'actor.id': 'actorId' }

/** `checkAuditEvent` would accept these from a client as fields of a draft; renamed, it rejects them as unknown. */
const NOT_A_DRAFT_FIELD = 'input.'

function inputIssue(issue: Issue): Issue {
  const path = issue.path.startsWith(NOT_A_DRAFT_FIELD) ? issue.path.slice(NOT_A_DRAFT_FIELD.length) : issue.path
  return { ...issue, path: INPUT_PATHS[path] ?? path }
}

function toDraft(sent: ReportedEvent, reportedBy: string): AuditEventDraft {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent as unknown as AuditEventDraft
  const { resourceType, resourceId, actorId, ...event } = sent
  const fields = Object.entries(event).map(([name, value]) => [DRAFT_FIELDS.has(name) ? `${NOT_A_DRAFT_FIELD}${name}` : name, value])
  return {
    ...(Object.fromEntries(fields) as AuditEventDraft),
    reportedBy,
    actor: (actorId ?? null) === null ? { kind: 'key', id: reportedBy } : { kind: 'user', id: actorId as string },
    resource: (resourceType ?? resourceId ?? null) === null ? null : { type: resourceType as string, id: (resourceId ?? null) as string | null },
  }
}

import { describeIssues } from '@tollgate/kernel'
import { MAX_BATCH_EVENTS, type TrackedEvent } from '@tollgate/usage'
import type { ErrorResponse } from '../../../../http/respond.ts'
import { UsageEventId } from '../../ids.ts'
import type { WayIn } from '../way-in.ts'
import { readCloudEvent, type ReadCloudEvent } from './cloud-event.ts'
import { contentModeOf, readCloudEvents } from './read-cloud-events.ts'

/**
 * CloudEvents 1.0 over HTTP. The response is JSON with a result for each event, in the same order. An event that cannot be read
 * is rejected beside the others of its batch; alone in a request, it is refused with status 400.
 */
export const cloudEvents: WayIn = {
  refusedHeaders: headers => (contentModeOf(headers) === undefined ? NOT_CLOUD_EVENTS : undefined),

  async receive({ headers, body, track }) {
    const mode = contentModeOf(headers) ?? 'structured'
    const carried = readCloudEvents(mode, headers, body)
    if ('problem' in carried) return { error: { status: 400, code: 'BAD_REQUEST', message: `${carried.problem}.` } }
    if (carried.events.length > MAX_BATCH_EVENTS) return { error: TOO_MANY }
    const read = carried.events.map(readCloudEvent)
    const [only] = read
    if (mode !== 'batch' && only !== undefined && 'issues' in only) {
      return { error: { status: 400, code: 'INVALID_INPUT', message: `The CloudEvent is not valid: ${describeIssues(only.issues)}.` } }
    }
    const readable = read.flatMap(one => ('event' in one ? [one.event] : []))
    const tracked = (readable.length > 0 ? await track(readable) : []).values()
    const results = read.map(one => ('event' in one ? resultOf(one, tracked.next().value) : rejectedResult(one)))
    return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify({ results }) }
  },
}

function resultOf({ id, source }: ReadCloudEvent, tracked: TrackedEvent | undefined): object {
  if (tracked === undefined) throw new Error('Tracking returned fewer results than it was given events.')
  const { outcome, idempotencyKey, reason } = tracked
  return {
    id,
    source,
    outcome: outcome.toUpperCase(),
    idempotencyKey,
    eventId: tracked.outcome === 'rejected' ? null : UsageEventId.encode(tracked.eventId),
    reason,
    issues: tracked.outcome === 'rejected' ? tracked.issues : [],
  }
}

function rejectedResult({ id, source, issues }: Extract<ReadCloudEvent, { readonly issues: unknown }>): object {
  return { id, source, outcome: 'REJECTED', idempotencyKey: null, eventId: null, reason: describeIssues(issues), issues }
}

const NOT_CLOUD_EVENTS: ErrorResponse = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message:
    'Send CloudEvents 1.0 in UTF-8: "Content-Type: application/cloudevents+json" for one, "application/cloudevents-batch+json" for a list, or "application/json" with the attributes as "ce-" headers.',
}

const TOO_MANY: ErrorResponse = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `The batch has more than ${MAX_BATCH_EVENTS} events; send fewer in one request.`,
}

import type { InputRules } from '@tollgate/tokens/input'
import type { CallRecord } from '../model/call-record.ts'

/** Values are checked where they are read. */
const READ_LATER = 'anything?'

/** The fields of a call. */
export const CALL: InputRules<CallRecord> = {
  operation: 'text?',
  status: 'text?',
  provider: 'text?',
  model: 'text?',
  tokens: 'object?',
  units: 'list?',
  reportedCost: READ_LATER,
  quantity: READ_LATER,
  credits: READ_LATER,
  description: 'text?',
  resourceType: 'text?',
  resourceId: 'text?',
  latencyMs: READ_LATER,
  timeToFirstTokenMs: READ_LATER,
  statusCode: READ_LATER,
  errorMessage: 'text?',
  estimated: 'boolean?',
  aborted: 'boolean?',
  metadata: READ_LATER,
  occurredAt: READ_LATER,
  reservationId: 'text?',
  callId: 'text?',
  tenantId: 'text?',
  serviceTier: 'text?',
  speed: 'text?',
  region: 'text?',
}

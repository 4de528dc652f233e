import { inputShape } from '@tollgate/kernel/input'
import type { DisputeInput, PauseInput, ResolveDisputeInput } from './hold-collections.ts'
import type { CollectionRunOptions } from './run-collections.ts'
import type { SendReminderInput } from './send-reminder.ts'

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  run: inputShape<CollectionRunOptions>({ tenantIds: 'list?', signal: 'object?' }),
  sendReminder: inputShape<SendReminderInput>({ tenantId: 'text', invoiceId: 'text', idempotencyKey: 'text' }),
  pause: inputShape<PauseInput>({ tenantId: 'text', invoiceId: 'text?', until: 'time?', reason: 'text?' }),
  resume: inputShape<Pick<PauseInput, 'tenantId' | 'invoiceId'>>({ tenantId: 'text', invoiceId: 'text?' }),
  openDispute: inputShape<DisputeInput>({ tenantId: 'text', invoiceId: 'text', reason: 'text' }),
  resolveDispute: inputShape<ResolveDisputeInput>({ tenantId: 'text', disputeId: 'text', resolution: 'text' }),
} as const

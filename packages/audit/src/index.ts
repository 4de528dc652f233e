export type { ActivityLog } from './activity-log.ts'
export type { ActivityStore } from './activity-store.ts'
export type { Audit } from './audit.ts'
export type { ArchiveFiles } from './archive-files.ts'
export type { AuditAppend, AuditStore, EntriesQuery, EntryPosition } from './audit-store.ts'
export { createActivityLog } from './create-activity-log.ts'
export { type AuditDependencies, createAudit } from './create-audit.ts'
export type { CheckpointPlace } from './checkpoint-place.ts'
export { verifyConsistencyProof } from './engine/consistency-proof.ts'
export { checkExport, type ExportCheck } from './engine/export/check-export.ts'
export { csvReport } from './engine/export/csv.ts'
export { keptCheckpointLine, type KeptNotes, readKeptNotes } from './engine/kept-checkpoint-text.ts'
export { logOrigin } from './engine/log-origin.ts'
export {
  formatVerifierKey,
  noteVerifier,
  type NoteVerifier,
  parseVerifierKey,
  type PublicKeyBytes,
  publicKeyBytes,
  readSigningKey,
} from './engine/note/note-keys.ts'
export { openCheckpoint } from './engine/checkpoint-text.ts'
export { verifyProof } from './engine/tlog-proof.ts'
export type { ErasedSubject } from './erase-subject.ts'
export type { ExportFormat, ExportRequest } from './export-events.ts'
export type { RecentEventsQuery } from './list-events.ts'
export type { AuditKeys } from './log-keys.ts'
export type { ActivityCount } from './model/activity-count.ts'
export {
  AUDIT_RESULTS,
  type AuditActor,
  type AuditEvent,
  type AuditEventDraft,
  type AuditResource,
  type AuditResult,
  eventType,
  type JsonObject,
  type PersonalData,
} from './model/audit-event.ts'
export { MAX_AUDIT_DAYS, MAX_BATCH_AUDIT_EVENTS } from './model/audit-limits.ts'
export type { AuditFilter, AuditPosition, AuditReport } from './model/audit-query.ts'
export type { Checkpoint, StoredCheckpoint } from './model/checkpoint.ts'
export { type ActionContent, type AuditEntryDraft, type AuditFamily, defineAuditFamily } from './model/define-audit-family.ts'
export { AuditKeyMissing, AuditLogBroken, AuditOverloaded, AuditProofRejected, AuditStoreUnavailable, AuditTextInvalid } from './model/errors.ts'
export {
  alertAudit,
  billingAudit,
  creditAudit,
  keyAudit,
  pricingAudit,
  quotaAudit,
  securityAudit,
  tenantAudit,
  usageAudit,
  webhookAudit,
} from './model/families/platform-families.ts'
export { chatAudit, configAudit, errorAudit, kbAudit, trialAudit } from './model/families/product-families.ts'
export type { KeptCheckpoint } from './model/kept-checkpoint.ts'
export type { SamplingRule } from './model/sampling-rule.ts'
export type { RecordedAuditEvent } from './model/recorded-audit-event.ts'
export type { AuditVerification, BrokenPlace, BrokenReason } from './model/verification.ts'
export { type AuditContext, recordingFamily } from './recording-family.ts'
export type { VerifyRequest } from './verify-audit-log.ts'

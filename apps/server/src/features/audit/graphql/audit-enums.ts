import type { AuditActor, AuditResult, BrokenReason } from '@tollgate/audit'
import { builder } from '../../../graphql/builder.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** GraphQL enum `AuditResult`. */
export const AuditResultRef = builder.enumType('AuditResult', {
  description: 'How an operation ended.',
  values: {
    SUCCESS: { value: 'success', description: 'It succeeded.' },
    FAILURE: { value: 'failure', description: 'It failed.' },
    DENIED: { value: 'denied', description: 'The actor was not allowed to do it, or a limit refused it.' },
  } as const satisfies EnumValues<AuditResult>,
})

/** GraphQL enum `AuditActorKind`. */
export const AuditActorKindRef = builder.enumType('AuditActorKind', {
  description: 'Kind of an actor.',
  values: {
    USER: { value: 'user', description: 'A person.' },
    KEY: { value: 'key', description: 'An API key.' },
    SYSTEM: { value: 'system', description: 'The system itself.' },
  } as const satisfies EnumValues<AuditActor['kind']>,
})

/** GraphQL enum `AuditBrokenReason`. */
export const AuditBrokenReasonRef = builder.enumType('AuditBrokenReason', {
  description: 'What is wrong with an audit log at its first broken place.',
  values: {
    CHANGED: { value: 'changed', description: 'The content does not match its hash.' },
    REMOVED: { value: 'removed', description: 'Events are missing, and later ones exist.' },
    INSERTED: { value: 'inserted', description: 'An event was inserted that was not recorded here.' },
    SWAPPED: { value: 'swapped', description: 'The event that belongs here is at another place.' },
    TRUNCATED: { value: 'truncated', description: 'This event and all after it are missing.' },
    REWRITTEN: { value: 'rewritten', description: 'Events were rewritten together with their hashes.' },
    CHECKPOINT: { value: 'checkpoint', description: 'A stored checkpoint is not valid.' },
    ARCHIVE: { value: 'archive', description: 'A file of an archive is missing or was changed.' },
    HEAD: { value: 'head', description: 'The stored end of the log does not match its events.' },
  } as const satisfies EnumValues<BrokenReason>,
})

import type { Issue } from '@tollgate/kernel'
import type { UsageEventDraft } from '../model/event.ts'
import type { Field } from './field.ts'

// A record, so that it does not compile without every field of the draft.
const EVENT_FIELDS: Readonly<Record<keyof UsageEventDraft, true>> = {
  idempotencyKey: true,
  occurredAt: true,
  operation: true,
  status: true,
  provider: true,
  model: true,
  tokens: true,
  units: true,
  serviceTier: true,
  speed: true,
  region: true,
  quantity: true,
  reportedCost: true,
  latencyMs: true,
  statusCode: true,
  errorMessage: true,
  metadata: true,
  reservationId: true,
  credits: true,
  description: true,
  resourceType: true,
  resourceId: true,
}

const KNOWN_FIELDS: ReadonlySet<string> = new Set(Object.keys(EVENT_FIELDS))
const UNIT_FIELDS: ReadonlySet<string> = new Set(['kind', 'quantity', 'variant'])

/** Maximum number of issues of unknown fields, so that a hostile event does not get a long answer. */
const MAX_UNKNOWN = 10
/** Maximum length of a name in an issue. */
const MAX_NAME_LENGTH = 64

/** Adds an issue for each field that a usage event does not have: a misspelt field must not be lost silently. */
export function findUnknownFields(draft: object, issues: Issue[]): void {
  find(draft, KNOWN_FIELDS, { path: '', issues }, 'is not a field of a usage event')
}

/** Adds an issue for each field that a unit does not have. */
export function findUnknownUnitFields(unit: object, field: Field): void {
  find(unit, UNIT_FIELDS, field, 'is not a field of a unit')
}

function find(value: object, known: ReadonlySet<string>, { path, issues }: Field, message: string): void {
  let unknown = 0
  for (const name in value) {
    if (known.has(name) || (value as Record<string, unknown>)[name] === undefined) continue
    if (++unknown > MAX_UNKNOWN) return
    issues.push({ path: path === '' ? printable(name) : `${path}.${printable(name)}`, message })
  }
}

/** Makes a name from a client short, and safe to print and store. */
function printable(name: string): string {
  const short = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name
  return short.replaceAll('\0', '\uFFFD').toWellFormed()
}

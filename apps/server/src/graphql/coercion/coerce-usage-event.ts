import type { UsageEventDraft } from '@tollgate/usage'
import { isInputObjectType } from 'graphql'
import { schema } from '../schema.ts'
import { inputCoercion } from './input-coercion.ts'

const type = schema.getType('UsageEventInput')
if (!isInputObjectType(type)) throw new Error('The schema has no input type UsageEventInput.')
const coerce = inputCoercion(type)

/** Reads the JSON of a `UsageEventInput` as `trackUsage` does. Keeps values that are not valid, which tracking rejects by name. */
export function coerceUsageEvent(json: unknown): UsageEventDraft {
  return coerce(json) as UsageEventDraft
}

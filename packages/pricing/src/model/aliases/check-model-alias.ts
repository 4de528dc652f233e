import { checkText, type Issue, Temporal, toMicrosecond } from '@tollgate/kernel'
import { chargingProvider } from '../names/charging-provider.ts'
import type { ModelAliasDraft } from './model-alias.ts'
import { withoutPrefixes } from '../names/model-name-forms.ts'

const MAX_PROVIDER = 100
/** The longest ARN has about 200 characters; a path of Google Cloud can be longer. */
const MAX_NAME = 512
const MAX_TENANT = 200

/** A draft whose times were read. */
export interface ExactAliasDraft extends Omit<ModelAliasDraft, 'from' | 'to'> {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant | null
}

/** Returns what is wrong with an alias; empty if it can be set. */
export function checkModelAlias({ tenantId, provider, name, target, from, to }: ExactAliasDraft): readonly Issue[] {
  const issues = [
    ...checkText('provider', provider, { max: MAX_PROVIDER, visibleOnly: true }),
    ...checkText('name', name, { max: MAX_NAME, visibleOnly: true }),
    ...(tenantId === undefined || tenantId === null ? [] : checkText('tenantId', tenantId, { max: MAX_TENANT, visibleOnly: true })),
  ]
  if (to && Temporal.Instant.compare(toMicrosecond(to), toMicrosecond(from)) <= 0) {
    issues.push({ path: 'to', message: `must be after from (${from.toString()})` })
  }
  if (target === null) return issues
  issues.push(
    ...checkText('target.provider', target.provider, { max: MAX_PROVIDER, visibleOnly: true }),
    ...checkText('target.model', target.model, { max: MAX_NAME, visibleOnly: true }),
  )
  if (issues.length === 0 && aliasKey(provider, name) === aliasKey(target.provider, target.model)) {
    issues.push({ path: 'target', message: 'is the name itself; to end an alias, set it without a target' })
  }
  return issues
}

/** Identifies the name of an alias: names that differ only in case, or in the prefix of their provider, are the same. */
export function aliasKey(provider: string, name: string): string {
  const charging = chargingProvider({ provider, model: name })
  return `${charging}\n${withoutPrefixes([charging], name)}`
}

import { Decimal, ZERO } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import { type CounterState, NO_ALERTS } from '../../engine/state/counter-state.ts'
import type { Counter } from '../../model/counters/counter.ts'
import { removableAtMs } from '../../model/limits/sliding-window.ts'
import { pickColumns } from './pick-columns.ts'
import { stepsOf, storedSteps } from './sliding-steps.ts'

/** The columns that identify a counter. Its key is its id here. */
export const COUNTER_KEYS = defineColumns<Counter>(column => [
  column('id', 'uuid', ({ key }) => key),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('slot', 'text', ({ limitKey }) => limitKey),
  column('scope_value', 'text', ({ scopeValue }) => scopeValue),
  column('window_from', 'timestamptz', ({ fromMs }) => fromMs * 1_000),
  // A sliding counter is removable until its first use is written.
  column('window_to', 'timestamptz', ({ toMs, stepMs }) => (stepMs === null ? toMs * 1_000 : 0)),
])

/** A counter that changed, and its id. */
export type ChangedCounter = readonly [id: string, counter: CounterState]

/** The columns that commands change. */
const COUNTER_STATE = defineColumns<ChangedCounter>(column => [
  column('id', 'uuid', ([id]) => id),
  column('used', 'numeric', ([, { used }]) => used),
  column('reserved', 'numeric', ([, { reserved }]) => reserved),
  column('raised', 'jsonb', ([, { raised }]) => storedAlerts(raised)),
  column('quota_limit', 'numeric', ([, { limit }]) => limit),
  column('leased', 'numeric', ([, { leased }]) => leased),
  column('recalled', 'boolean', ([, { recalled }]) => recalled),
  column('step_seconds', 'integer', ([, { stepMs }]) => (stepMs === null ? null : stepMs / 1_000)),
  column('steps', 'jsonb', ([, { stepMs, steps }]) => (stepMs === null ? null : storedSteps(steps))),
  column('window_to', 'timestamptz', ([, { stepMs, steps }]) => (stepMs === null ? null : removableAtMs(steps, stepMs) * 1_000)),
])

/** Columns of a counter of which only the used amount changed: nearly all of them. */
export const USED_COLUMNS = pickColumns(COUNTER_STATE, 'id', 'used')

/** Columns of any other counter of a fixed window. */
export const FIXED_COUNTER_COLUMNS = pickColumns(COUNTER_STATE, 'id', 'used', 'reserved', 'raised', 'quota_limit', 'leased', 'recalled')

/** Columns of a counter of a sliding window, which has no leases. */
export const SLIDING_COUNTER_COLUMNS = pickColumns(COUNTER_STATE, 'id', 'used', 'reserved', 'raised', 'quota_limit', 'step_seconds', 'steps', 'window_to')

/** The select list of `CounterRow`. */
export const SELECT_COUNTER = `counter.id, counter.used, counter.reserved, counter.raised::text as raised, counter.step_seconds, counter.steps::text as steps,
    counter.quota_limit, counter.leased, counter.recalled`

/** A row of `quotas.counters`. */
export interface CounterRow {
  id: string
  used: string
  reserved: string
  raised: string
  step_seconds: number | null
  steps: string | null
  quota_limit: string | null
  leased: string
  recalled: boolean
}

/** Returns the state of a counter's row, without its holds. */
export function counterStateOf({ used, reserved, raised, step_seconds, steps, quota_limit, leased, recalled }: CounterRow): CounterState {
  return {
    used: amountOf(used),
    stepMs: step_seconds === null ? null : step_seconds * 1_000,
    steps: stepsOf(steps),
    limit: quota_limit === null ? null : amountOf(quota_limit),
    reserved: amountOf(reserved),
    leased: amountOf(leased),
    recalled,
    hasLapsed: false,
    holds: new Map(),
    nextExpiryMs: Infinity,
    raised: alertsOf(raised),
  }
}

/** Most amounts are 0: no new Decimal for those. */
function amountOf(text: string): Decimal {
  return text === '0' ? ZERO : new Decimal(text)
}

function storedAlerts(raised: CounterState['raised']): { readonly [key: string]: string } {
  return Object.fromEntries([...raised].map(([key, percent]) => [key, percent.toFixed()]))
}

function alertsOf(text: string): CounterState['raised'] {
  if (text === '{}') return NO_ALERTS
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>).map(([key, percent]) => [key, new Decimal(percent)]))
}

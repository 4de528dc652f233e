import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, systemClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createAlerts } from './create-alerts.ts'
import { memoryAlertStore } from './memory/index.ts'

const store = memoryAlertStore()
const OPTIONS = { store, usage: {}, quotas: {}, rollups: {}, clock: systemClock, ids: countingIds() }
const alerts = createAlerts(OPTIONS as never)

const REF = { kind: 'ERROR_RATE', scope: 'TENANT' } as const

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => Promise<unknown>

const CALLS = {
  ref: [input => alerts.setRule(input, {}), REF],
  setRule: [input => alerts.setRule(REF, input), {}],
  setTenantThreshold: [input => alerts.setTenantThreshold(input), { kind: 'ERROR_RATE', tenantId: 'acme', threshold: '0.5' }],
  alerts: [input => alerts.alerts(OPERATOR_SCOPE, input), { first: 1 }],
  events: [input => alerts.events(OPERATOR_SCOPE, input), { first: 1 }],
  createAlerts: [async input => createAlerts(input), OPTIONS],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

it.each<[Operation, field: string, values: readonly unknown[]]>([
  ...(Object.keys(CALLS) as Operation[]).map((operation): [Operation, string, readonly unknown[]] => [operation, 'treshold', ['1', null]]),
  ['ref', 'kind', [undefined, null, 5]],
  ['setRule', 'enabled', ['no', 0]],
  ['setRule', 'threshold', ['', 'much', 0.5, -1, {}, true]],
  ['setRule', 'recoverRatio', ['', 'half', 0.5, 2, {}]],
  ['setRule', 'windowMinutes', ['60', 0, 1.5]],
  ['setTenantThreshold', 'tenantId', [undefined, null, 5]],
  ['setTenantThreshold', 'threshold', [undefined, '', 'much', 0.5, -1, {}]],
  ['alerts', 'first', ['10', 1.5, 0]],
  ['events', 'after', [5, {}, 'x']],
  ...(['store', 'usage', 'quotas', 'rollups', 'clock', 'ids'] as const).map((option): [Operation, string, readonly unknown[]] => [
    'createAlerts',
    option,
    [undefined, null, 'memory'],
  ]),
])('%s names the field %s if it is wrong, and changes nothing', async (operation, field, values) => {
  const before = await alerts.rules()
  const [call, input] = CALLS[operation] as readonly [Call, object]
  for (const value of values) expect(await issuesOf(() => call({ ...input, [field]: value } as never))).toContain(field)
  expect(await alerts.rules()).toEqual(before)
})

it.each(['1', new Decimal(1), 1])('takes a threshold as %s', async threshold => {
  expect((await alerts.setRule(REF, { threshold })).threshold.toFixed()).toBe('1')
  const { tenantThresholds } = await alerts.setTenantThreshold({ kind: 'ERROR_RATE', tenantId: 'acme', threshold })
  expect(tenantThresholds.map(own => own.threshold.toFixed())).toEqual(['1'])
})

async function issuesOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const error = await (async () => call())().then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}

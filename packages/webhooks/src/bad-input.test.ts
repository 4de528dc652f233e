import { countingIds, InvalidInput, OPERATOR_SCOPE, systemClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createWebhooks } from './create-webhooks.ts'
import { httpWebhookSender } from './http/index.ts'

/** Stands for the store. What reads or writes before the input is checked fails with another error. */
const store = new Proxy({}, { get: () => () => Promise.reject(new Error('The store was asked.')) })
const OPTIONS = {
  store,
  sender: {},
  sources: [],
  settings: { allowPrivate: false, retrySeconds: [5] },
  clock: systemClock,
  ids: countingIds(),
  random: Math.random,
  randomBytes: (size: number) => new Uint8Array(size),
}
const webhooks = createWebhooks(OPTIONS as never)

const DRAFT = { tenantId: 'acme', url: 'https://example.com/hooks' }
const RANGE = { endpointId: 'e', from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }
const NOT_TIME: readonly unknown[] = [undefined, null, '', 'today', 5, {}, new Date(Number.NaN)]

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => Promise<unknown>

const CALLS = {
  createEndpoint: [input => webhooks.createEndpoint(input), DRAFT],
  updateEndpoint: [input => webhooks.updateEndpoint(OPERATOR_SCOPE, 'e', input), {}],
  endpoints: [input => webhooks.endpoints(OPERATOR_SCOPE, input), { first: 1 }],
  deliveries: [input => webhooks.deliveries(OPERATOR_SCOPE, input), { endpointId: 'e', first: 1 }],
  redeliverFailed: [input => webhooks.redeliverFailed(OPERATOR_SCOPE, input), RANGE],
  createWebhooks: [async input => createWebhooks(input), OPTIONS],
  httpWebhookSender: [async input => httpWebhookSender(input), { timeoutMs: 5 }],
  settings: [async input => createWebhooks({ ...OPTIONS, settings: input } as never), OPTIONS.settings],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

it.each<[Operation, field: string, values: readonly unknown[]]>([
  ...(Object.keys(CALLS) as Operation[]).map((operation): [Operation, string, readonly unknown[]] => [operation, 'ulr', ['x', null]]),
  ['createEndpoint', 'tenantId', [undefined, 5, {}]],
  ['createEndpoint', 'url', [undefined, null, 5, 'x']],
  ['createEndpoint', 'types', ['alert.raised', 5, {}]],
  ['updateEndpoint', 'url', [5, {}]],
  ['updateEndpoint', 'enabled', ['no', 0]],
  ['endpoints', 'first', ['10', 1.5, 0]],
  ['deliveries', 'endpointId', [undefined, null, 5]],
  ['redeliverFailed', 'from', NOT_TIME],
  ['redeliverFailed', 'to', [...NOT_TIME, RANGE.from]],
  ['createWebhooks', 'sources', [undefined, null, {}]],
  ['createWebhooks', 'random', [undefined, 0.5]],
  ['httpWebhookSender', 'timeoutMs', ['5', Number.NaN]],
  ['httpWebhookSender', 'lookup', ['dns', {}]],
  ['settings', 'allowPrivate', [undefined, 'no', 0]],
  ['settings', 'retrySeconds', [undefined, 5, '5']],
])('%s names the field %s if it is wrong', async (operation, field, values) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  for (const value of values)
    expect(await issuesOf(() => call({ ...input, [field]: value } as never))).toContain(operation === 'settings' ? `settings.${field}` : field)
})

it.each([[[5, -1]], [['5', 1]], [[1, Number.NaN]]])('names the retry that is no number of seconds: %j', async retrySeconds => {
  const settings = { ...OPTIONS.settings, retrySeconds }
  const wrong = retrySeconds.findIndex(seconds => !(Number(seconds) >= 0) || typeof seconds === 'string')
  expect(await issuesOf(async () => createWebhooks({ ...OPTIONS, settings } as never))).toEqual([`settings.retrySeconds.${wrong}`])
})

async function issuesOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const error = await (async () => call())().then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}

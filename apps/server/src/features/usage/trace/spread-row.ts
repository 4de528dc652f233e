import { createHash } from 'node:crypto'
import type { UsageEventDraft } from '@tollgate/usage'
import type { TraceRow } from './read-trace.ts'
import { RESULTS, ENVIRONMENTS, FEATURES, MODELS, pick, TIERS } from './traffic-mix.ts'

/** How a trace is attributed to tenants and customers. The same layout always gives the same events. */
export interface TraceLayout {
  /** 1 to 100. */
  readonly tenants: number
  /** Number of customers, over all tenants. */
  readonly customers: number
  readonly seed: number
}

/** The layout of the demo, and the default of a replay. */
export const DEFAULT_LAYOUT: TraceLayout = { tenants: 3, customers: 60, seed: 1 }

const ORGANIZATIONS_PER_TENANT = 2
const NAMES = ['Meridian Labs', 'Northwind Software', 'Halden Systems', 'Kestrel Robotics', 'Orchard Finance', 'Blue Harbor Health']

/** Returns the tenants of a layout. Different layouts have different tenants, so that their usage never mixes. */
export function tenantsOf(layout: TraceLayout): { id: string; name: string }[] {
  const prefix = layoutPrefix(layout)
  return Array.from({ length: layout.tenants }, (_, index) => ({
    id: `${prefix}-${index + 1}`,
    name: `${NAMES[index % NAMES.length] ?? 'Demo'}${index < NAMES.length ? '' : ` ${index + 1}`} (demo)`,
  }))
}

/** Returns the organizations of a layout. A filter by them selects the events of the layout and no others. */
export function organizationsOf(layout: TraceLayout): string[] {
  return tenantsOf(layout).flatMap(({ id }) => Array.from({ length: ORGANIZATIONS_PER_TENANT }, (_, index) => `${id}-org-${index + 1}`))
}

/** Turns a row of a trace into an event of a tenant. The same row and layout always give the same event, including its key. */
export function spreadRow(trace: TraceRow, layout: TraceLayout): { tenantId: string; event: UsageEventDraft & { idempotencyKey: string } } {
  const draw = draws(`${layout.seed}:${trace.row}`)
  // Squared, so that a few customers make most of the calls, as in real traffic.
  const customer = Math.floor(draw() ** 2 * layout.customers)
  const tenant = customer % layout.tenants
  const ofCustomer = draws(`${layout.seed}:customer:${customer}`)
  const tenantId = `${layoutPrefix(layout)}-${tenant + 1}`
  const { product, feature, operation, taskType } = pick(FEATURES, draw())
  const { provider, model } = pick(MODELS, draw())
  return {
    tenantId,
    event: {
      idempotencyKey: keyOf(trace),
      occurredAt: trace.occurredAt,
      operation,
      provider,
      model,
      tokens: { input: trace.inputTokens, output: trace.outputTokens },
      latencyMs: Math.round(150 + draw() * 400 + trace.outputTokens * 12),
      ...pick(RESULTS, draw()),
      metadata: {
        customerId: `cust_${String(customer + 1).padStart(4, '0')}`,
        organizationId: `${tenantId}-org-${1 + Math.floor(ofCustomer() * ORGANIZATIONS_PER_TENANT)}`,
        productId: product,
        featureId: feature,
        subscriptionTier: pick(TIERS, ofCustomer()),
        environment: pick(ENVIRONMENTS, draw()),
        taskType,
      },
    },
  }
}

/** Depends on the row and its content, not on the file: a request has the same key in a part of a trace and in the whole trace. */
function keyOf({ row, occurredAt, inputTokens, outputTokens }: TraceRow): string {
  const content = createHash('sha256').update(`${row} ${occurredAt.toString()} ${inputTokens} ${outputTokens}`).digest('hex')
  return `trace-${row}-${content.slice(0, 16)}`
}

function layoutPrefix({ tenants, customers, seed }: TraceLayout): string {
  const text = `${seed} ${tenants} ${customers}`
  const { tenants: defaultTenants, customers: defaultCustomers, seed: defaultSeed } = DEFAULT_LAYOUT
  return text === `${defaultSeed} ${defaultTenants} ${defaultCustomers}` ? 'demo' : `demo-${createHash('sha256').update(text).digest('hex').slice(0, 6)}`
}

/** Returns a function that derives up to eight numbers in [0, 1) from a text. */
function draws(text: string): () => number {
  const digest = createHash('sha256').update(text).digest()
  let drawn = 0
  return () => digest.readUInt32BE(drawn++ * 4) / 2 ** 32
}

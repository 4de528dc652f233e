import { createHash } from 'node:crypto'
import type { UsageEventDraft } from '@tollgate/usage'
import type { TraceRow } from './read-trace.ts'
import { ENDINGS, ENVIRONMENTS, FEATURES, MODELS, pick, TIERS } from './traffic-mix.ts'

/** Over whom a trace is spread. The same layout gives the same events at each run. */
export interface TraceLayout {
  /** 1 to 100. */
  readonly tenants: number
  /** Over all tenants. */
  readonly customers: number
  readonly seed: number
}

/** What the demo and a replay use where nothing else is said. */
export const DEFAULT_LAYOUT: TraceLayout = { tenants: 3, customers: 60, seed: 1 }

const ORGANIZATIONS_A_TENANT = 2
const NAMES = ['Meridian Labs', 'Northwind Software', 'Halden Systems', 'Kestrel Robotics', 'Orchard Finance', 'Blue Harbor Health']

/** The tenants of a layout. Other layouts than the default one have tenants of their own, so that they never mix. */
export function tenantsOf(layout: TraceLayout): { id: string; name: string }[] {
  const prefix = layoutPrefix(layout)
  return Array.from({ length: layout.tenants }, (_, index) => ({
    id: `${prefix}-${index + 1}`,
    name: `${NAMES[index % NAMES.length] ?? 'Demo'}${index < NAMES.length ? '' : ` ${index + 1}`} (demo)`,
  }))
}

/** Every organization that a layout attributes usage to: a filter that finds its events and no others. */
export function organizationsOf(layout: TraceLayout): string[] {
  return tenantsOf(layout).flatMap(({ id }) => Array.from({ length: ORGANIZATIONS_A_TENANT }, (_, index) => `${id}-org-${index + 1}`))
}

/** Makes a request of a trace an event of some tenant, chosen by the layout's seed: the same at each run, key included. */
export function spreadRow(trace: TraceRow, layout: TraceLayout): { tenantId: string; event: UsageEventDraft & { idempotencyKey: string } } {
  const draw = draws(`${layout.seed}:${trace.row}`)
  // Squared, so that a few customers make most of the calls, as they do.
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
      ...pick(ENDINGS, draw()),
      metadata: {
        customerId: `cust_${String(customer + 1).padStart(4, '0')}`,
        organizationId: `${tenantId}-org-${1 + Math.floor(ofCustomer() * ORGANIZATIONS_A_TENANT)}`,
        productId: product,
        featureId: feature,
        subscriptionTier: pick(TIERS, ofCustomer()),
        environment: pick(ENVIRONMENTS, draw()),
        taskType,
      },
    },
  }
}

/** By row and content, not by file: a part of a trace and the whole of it name the same request alike. */
function keyOf({ row, occurredAt, inputTokens, outputTokens }: TraceRow): string {
  const content = createHash('sha256').update(`${row} ${occurredAt.toString()} ${inputTokens} ${outputTokens}`).digest('hex')
  return `trace-${row}-${content.slice(0, 16)}`
}

function layoutPrefix({ tenants, customers, seed }: TraceLayout): string {
  const text = `${seed} ${tenants} ${customers}`
  const { tenants: usualTenants, customers: usualCustomers, seed: usualSeed } = DEFAULT_LAYOUT
  return text === `${usualSeed} ${usualTenants} ${usualCustomers}` ? 'demo' : `demo-${createHash('sha256').update(text).digest('hex').slice(0, 6)}`
}

/** Numbers from 0 (included) to 1 (excluded) that follow from a text: eight of them. */
function draws(text: string): () => number {
  const digest = createHash('sha256').update(text).digest()
  let drawn = 0
  return () => digest.readUInt32BE(drawn++ * 4) / 2 ** 32
}

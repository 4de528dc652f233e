import { InvalidInput, type Scope } from '@tollgate/kernel'
import type { AlertEvent } from '@tollgate/alerts'
import type { CreditAlert } from '@tollgate/credits'
import type { InvoiceEvent } from '@tollgate/invoicing/events'
import type { QuotaAlert } from '@tollgate/quotas'
import { forCustomers } from '../../../graphql/plugins/access-tokens.ts'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { narrowToCustomer, onlyCustomer } from '../../../graphql/only-own-customer.ts'
import { selects } from '../../../graphql/relay/selected-fields.ts'
import { demandStream } from '../../../live/demand-stream.ts'
import { mergeStreams } from '../../../live/merge-streams.ts'
import type { TailStream } from '../../../live/tail.ts'
import { AlertEventRef } from '../../alerts/graphql/alert-event.ts'
import { followAlerts } from '../../alerts/graphql/follow-alerts.ts'
import { followInvoiceUpdates } from '../../billing/graphql/invoices/follow-invoice-updates.ts'
import { InvoiceUpdateRef } from '../../billing/graphql/invoices/invoice-updates.ts'
import { CreditAlertRef } from '../../credits/graphql/credit-alerts.ts'
import { followCreditAlerts } from '../../credits/graphql/follow-credit-alerts.ts'
import { followQuotaAlerts } from '../../quotas/graphql/status/follow-quota-alerts.ts'
import { QuotaAlertRef } from '../../quotas/graphql/status/quota-alerts.ts'
import { followUsage } from '../../usage/graphql/follow-usage.ts'
import { UsageUpdateRef } from '../../usage/graphql/usage-updates.ts'
import { decodeLivePosition, encodeLivePosition, type LivePosition, POSITIONED, type PositionedKind } from './live-position.ts'

type UsageTotals = typeof UsageUpdateRef.$inferType

/** One update. The first one of a subscription has nothing but a cursor. */
interface LiveUpdate {
  readonly cursor: string
  readonly usage?: UsageTotals
  readonly quotaAlert?: QuotaAlert
  readonly alert?: AlertEvent
  readonly creditAlert?: CreditAlert
  readonly invoiceUpdate?: InvoiceEvent
}

type Kind = Exclude<keyof LiveUpdate, 'cursor'>
type Positioned = QuotaAlert | AlertEvent | CreditAlert | InvoiceEvent
type Item = UsageTotals | Positioned | typeof START

/** Comes first. */
const START = { start: true } as const

const KINDS = ['usage', 'quotaAlert', 'alert', 'creditAlert', 'invoiceUpdate'] as const satisfies readonly Kind[]

const LiveUpdateRef = builder.objectRef<LiveUpdate>('LiveUpdate').implement({
  description: 'One update. At most one of its fields besides the cursor is not null; none is in the first update of a subscription.',
  fields: t => ({
    cursor: t.exposeString('cursor', {
      description: 'Position after this update. Pass the last one as `after` to continue without missing an alert or what happens to an invoice.',
    }),
    usage: t.field({ type: UsageUpdateRef, nullable: true, description: 'The current usage.', resolve: ({ usage }) => usage }),
    quotaAlert: t.field({ type: QuotaAlertRef, nullable: true, description: 'Usage reached a threshold of a quota.', resolve: ({ quotaAlert }) => quotaAlert }),
    alert: t.field({ type: AlertEventRef, nullable: true, description: 'An alert was raised or recovered.', resolve: ({ alert }) => alert }),
    creditAlert: t.field({ type: CreditAlertRef, nullable: true, description: 'A wallet needs attention.', resolve: ({ creditAlert }) => creditAlert }),
    invoiceUpdate: t.field({
      type: InvoiceUpdateRef,
      nullable: true,
      description: 'Something happened to an invoice. Requires the scope "billing:read".',
      resolve: ({ invoiceUpdate }) => invoiceUpdate,
    }),
  }),
})

builder.subscriptionField('live', t =>
  t.field({
    type: LiveUpdateRef,
    description:
      'Everything that a page follows, over one connection and with one cursor: usage, as `usageUpdates` sends it, and each alert and each update of an invoice once and in the order of its kind. Only the selected kinds are followed. The first update comes at once, with the cursor to resume from.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. An operator key that omits it follows all tenants.' }),
      customerId: t.arg.id({
        description:
          'Follow only the usage, the quota alerts and the credit alerts of this customer. An access token of a customer follows its own. Requires a tenant.',
      }),
      after: t.arg.string({
        description: 'Return alerts and updates of invoices after this cursor. Defaults to those from now on. Usage starts with the current usage.',
      }),
    },
    extensions: forCustomers(onlyCustomer),
    subscribe: async (_root, { tenantId, customerId = null, after }, context, info) => {
      const kinds = KINDS.filter(kind => selects(info, [kind]))
      const scope = narrowed(await readScope(context, tenantId), customerId, kinds)
      const from = after === null || after === undefined ? {} : decodeLivePosition(after)
      // First, because it does not wait, so that nothing is open yet if it throws.
      const usage = kinds.includes('usage') ? followUsage(context, { scope, customerId, info, path: ['usage'] }) : undefined
      try {
        return liveUpdates(await followAlertsOf(kinds, { context, scope, from }), usage, from)
      } catch (error) {
        usage?.end()
        throw error
      }
    },
    resolve: update => update,
  }),
)

const LISTED = new Intl.ListFormat('en')

/** Returns the scope to follow. Throws `InvalidInput` if what is selected is not of one customer. */
function narrowed(scope: Scope, customerId: string | null, kinds: readonly Kind[]): Scope {
  if (customerId === null) return scope
  const ofTenant = kinds.filter(kind => kind === 'alert' || kind === 'invoiceUpdate')
  if (ofTenant.length > 0) {
    const message = `selects a customer, but ${LISTED.format(ofTenant.map(kind => `"${kind}"`))} are about a whole tenant; do not select them`
    throw new InvalidInput([{ path: 'customerId', message }])
  }
  return narrowToCustomer(scope, customerId)
}

type Tails = ReadonlyMap<PositionedKind, TailStream<Item>>

const FOLLOW: Readonly<Record<PositionedKind, (context: GraphQLContext, scope: Scope, position: bigint | undefined) => Promise<TailStream<Item>>>> = {
  quotaAlert: followQuotaAlerts,
  alert: followAlerts,
  creditAlert: followCreditAlerts,
  invoiceUpdate: followInvoiceUpdates,
}

/** Opens the streams of the selected kinds; none if one cannot be opened. */
async function followAlertsOf(
  kinds: readonly Kind[],
  { context, scope, from }: { readonly context: GraphQLContext; readonly scope: Scope; readonly from: LivePosition },
): Promise<Tails> {
  const tails = new Map<PositionedKind, TailStream<Item>>()
  try {
    for (const kind of POSITIONED) {
      const position = from[kind]
      if (kinds.includes(kind)) tails.set(kind, await FOLLOW[kind](context, scope, position === undefined ? undefined : BigInt(position)))
    }
    return tails
  } catch (error) {
    for (const stream of tails.values()) stream.end()
    throw error
  }
}

/** Merges the streams. The cursor of an update is after what was passed on, not after what was fetched ahead. */
function liveUpdates(tails: Tails, usage: AsyncGenerator<UsageTotals> | undefined, from: LivePosition): AsyncGenerator<LiveUpdate> {
  let position: LivePosition = { ...from, ...Object.fromEntries(Array.from(tails, ([kind, stream]) => [kind, String(stream.resumeAfter())])) }
  const streams = new Map<Kind | 'start', AsyncGenerator<Item>>([['start', once(START)], ...tails, ...(usage === undefined ? [] : [['usage', usage] as const])])
  return mergeStreams(streams, (item, name) => {
    if (name === 'start') return { cursor: encodeLivePosition(position) }
    if (name !== 'usage') position = { ...position, [name]: (item as Positioned).cursor }
    return sharedUpdate(item, name, encodeLivePosition(position))
  })
}

/** A stream of one item that does not end. */
function once(item: Item): AsyncGenerator<Item> {
  const items = [item]
  return demandStream({ take: () => items.shift() })
}

const updates = new WeakMap<Item, Map<string, LiveUpdate>>()

/** Returns one object for all subscribers that get the same update, so that it is executed once for them. */
function sharedUpdate(item: Item, kind: Kind, cursor: string): LiveUpdate {
  const ofItem = updates.get(item) ?? new Map<string, LiveUpdate>()
  updates.set(item, ofItem)
  const update = ofItem.get(cursor) ?? { cursor, [kind]: item }
  ofItem.set(cursor, update)
  return update
}

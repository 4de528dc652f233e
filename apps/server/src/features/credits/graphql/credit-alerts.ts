import { type CreditAlert, topUpKey } from '@tollgate/credits'
import { forCustomers } from '../../../graphql/plugins/access-tokens.ts'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { followFrom } from '../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../graphql/live/require-live.ts'
import { narrowToCustomer, onlyCustomer } from '../../../graphql/only-own-customer.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { CreditGrantId, WalletId } from '../ids.ts'
import { liveCreditAlerts } from '../live.ts'

const CreditAlertKindRef = builder.enumType('CreditAlertKind', {
  description: 'What a credit alert says.',
  values: {
    LOW_BALANCE: { value: 'low_balance', description: 'The balance fell to a threshold, or lasts fewer days than `alertDaysLeft`.' },
    EXHAUSTED: { value: 'exhausted', description: 'The balance fell to 0 or below.' },
    EXPIRING_SOON: { value: 'expiring_soon', description: 'A grant with remaining credits expires soon.' },
    TOP_UP_REQUESTED: {
      value: 'top_up_requested',
      description: 'The balance fell to the threshold of top-ups. Buy the credits, and grant them with `topUpKey`.',
    },
    TOP_UP_FAILED: { value: 'top_up_failed', description: 'Credits were not bought, or not in time; or the maximum of the month is reached.' },
  } as const,
})

/** A credit alert. */
export const CreditAlertRef = builder.objectRef<CreditAlert>('CreditAlert').implement({
  description: 'A wallet needs attention. Raised once, and again after the situation ended.',
  fields: t => ({
    id: t.id({ description: 'Identifies the alert.', resolve: ({ cursor }) => `cal_${cursor}` }),
    cursor: t.string({ description: 'Position of the alert. Pass it as `after` to continue after this alert.', resolve: ({ cursor }) => encodeCursor(cursor) }),
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    walletId: t.id({ description: 'Id of the wallet.', resolve: ({ tenantId, walletId }) => WalletId.encode(`${tenantId}:${walletId}`) }),
    customerId: t.exposeID('customerId', { nullable: true, description: 'Customer that has the wallet; null for the wallet of the tenant itself.' }),
    kind: t.expose('kind', { type: CreditAlertKindRef, description: 'What it says.' }),
    threshold: t.expose('threshold', {
      type: 'Decimal',
      nullable: true,
      description: 'The threshold that was reached: a balance, or days if `daysLeft` or `expiresAt` is set. Null for EXHAUSTED.',
    }),
    balance: t.expose('balance', { type: 'Decimal', description: 'Balance when it was raised.' }),
    daysLeft: t.expose('daysLeft', {
      type: 'Decimal',
      nullable: true,
      description: 'Days that the balance lasts at the rate of the last seven, if LOW_BALANCE was raised because these are too few.',
    }),
    grantId: t.id({
      nullable: true,
      description: 'Grant that expires soon.',
      resolve: ({ tenantId, grantId }) => (grantId === null ? null : CreditGrantId.encode(`${tenantId}:${grantId}`)),
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When the grant expires.' }),
    expiring: t.expose('expiring', { type: 'Decimal', nullable: true, description: 'Credits that the grant still had, reserved ones included.' }),
    topUpAmount: t.expose('topUpAmount', { type: 'Decimal', nullable: true, description: 'Credits of the top-up that was requested or has failed.' }),
    topUpKey: t.string({
      nullable: true,
      description: 'Idempotency key of the top-up. A grant with this key completes it, once.',
      resolve: ({ topUpId }) => (topUpId === null ? null : topUpKey(topUpId)),
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why the top-up failed.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was raised.' }),
  }),
})

builder.subscriptionField('creditAlerts', t =>
  t.field({
    type: CreditAlertRef,
    authScopes: { can: 'credits:read' },
    extensions: forCustomers(args => args),
    description:
      'Credit alerts as they are raised, on any server, each once and in order. To resume without missing any, pass the cursor of the last alert received as `after`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. An operator key that omits it follows all tenants.' }),
      after: t.arg.string({ description: 'Return alerts after this cursor. Defaults to alerts from now on.' }),
    },
    subscribe: async (_root, { tenantId, after }, context) =>
      followFrom(requireLive(context).source(liveCreditAlerts), { scope: await readScope(context, tenantId), after }),
    resolve: alert => alert,
  }),
)

const CreditAlertConnectionRef = builder.connectionObject({ type: CreditAlertRef, name: 'CreditAlertConnection' }, { name: 'CreditAlertEdge' })

builder.queryField('creditAlertHistory', t =>
  t.field({
    type: CreditAlertConnectionRef,
    authScopes: { can: 'credits:read' },
    extensions: forCustomers(onlyCustomer),
    complexity: pageComplexity(PAGES.creditAlerts),
    description: 'Lists credit alerts, latest first.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants.' }),
      customerId: t.arg.id({ description: 'Only alerts of the wallet of this customer. An operator key must name the tenant too.' }),
      ...pageArguments(t.arg, PAGES.creditAlerts),
    },
    resolve: async (_root, { tenantId, customerId, ...args }, context) => {
      const scope = narrowToCustomer(await readScope(context, tenantId), customerId)
      const page = readPage(args, PAGES.creditAlerts, readPosition)
      const { items, hasMore } = await context.tollgate.credits.alertHistory(scope, page)
      return toConnection(items, { hasMore, page, cursor: ({ cursor }) => encodeCursor(cursor) })
    },
  }),
)

function readPosition(cursor: string): string {
  const position = decodeCursor(cursor)
  if (!/^\d{1,18}$/.test(position)) throw invalidCursor()
  return position
}

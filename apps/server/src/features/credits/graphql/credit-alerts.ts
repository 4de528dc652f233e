import type { CreditAlert } from '@tollgate/credits'
import { tenantScope } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { followFrom } from '../../../graphql/live/follow-from.ts'
import { requireLive } from '../../../graphql/live/require-live.ts'
import { encodeCursor } from '../../../graphql/relay/cursor.ts'
import { CreditGrantId } from '../ids.ts'
import { liveCreditAlerts } from '../live.ts'

const CreditAlertKindRef = builder.enumType('CreditAlertKind', {
  description: 'What a credit alert says.',
  values: {
    LOW_BALANCE: { value: 'low_balance', description: 'The balance fell to a threshold.' },
    EXHAUSTED: { value: 'exhausted', description: 'The balance fell to 0 or below.' },
    EXPIRING_SOON: { value: 'expiring_soon', description: 'A grant with remaining credits expires soon.' },
  } as const,
})

const CreditAlertRef = builder.objectRef<CreditAlert>('CreditAlert').implement({
  description: 'A wallet needs attention. Raised once, and again after the balance recovered.',
  fields: t => ({
    cursor: t.string({
      description: 'Position of the alert among those of its tenant. Pass it as `after` to continue after this alert.',
      resolve: ({ sequence }) => encodeCursor(String(sequence)),
    }),
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    customerId: t.exposeID('customerId', { nullable: true, description: 'Customer that has the wallet; null for the wallet of the tenant itself.' }),
    kind: t.expose('kind', { type: CreditAlertKindRef, description: 'What it says.' }),
    threshold: t.expose('threshold', {
      type: 'Decimal',
      nullable: true,
      description: 'The threshold that was reached: a balance, or days. Null for EXHAUSTED.',
    }),
    balance: t.expose('balance', { type: 'Decimal', description: 'Balance when it was raised.' }),
    grantId: t.id({
      nullable: true,
      description: 'Grant that expires soon.',
      resolve: ({ tenantId, grantId }) => (grantId === null ? null : CreditGrantId.encode(`${tenantId}:${grantId}`)),
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was raised.' }),
  }),
})

builder.subscriptionField('creditAlerts', t =>
  t.field({
    type: CreditAlertRef,
    authScopes: { can: 'credits:read' },
    description:
      'Credit alerts of a tenant as they are raised, on any server, each once and in order. To resume without missing any, pass the cursor of the last alert received as `after`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to follow. Required with an operator key; a tenant key follows its own tenant.' }),
      after: t.arg.string({ description: 'Return alerts after this cursor. Defaults to alerts from now on.' }),
    },
    subscribe: async (_root, { tenantId: named, after }, context) => {
      const tenantId = await tenantOf(context, named)
      return followFrom(requireLive(context).source(liveCreditAlerts).of(tenantId), { scope: tenantScope(tenantId), after })
    },
    resolve: alert => alert,
  }),
)

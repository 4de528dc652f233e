import { NOTIFICATION_TYPES, type NotificationType, type WebhookDelivery, type WebhookDeliveryState, type WebhookEndpoint } from '@tollgate/webhooks'
import { OPERATOR_SCOPE, type Temporal, tenantScope } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { WebhookDeliveryId, WebhookEndpointId } from '../ids.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface CreateOptions {
  readonly tenant?: string
  readonly type?: NotificationType[]
  readonly description?: string
}

interface RedeliverOptions {
  readonly failedFrom?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate webhooks` */
export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description('Webhook endpoints and their deliveries. A running server makes the deliveries.')
    .addCommand(
      new Command('create')
        .description('Creates an endpoint and prints its secret to stdout. The secret is not shown again.')
        .argument('<url>', 'URL that receives the notifications')
        .option('--tenant <id>', 'tenant that owns it; without it, the endpoint belongs to the operator and receives notifications of all tenants')
        .addOption(new Option('--type <type...>', 'types it receives (default: all)').choices(NOTIFICATION_TYPES))
        .option('--description <text>', 'description, up to 500 characters')
        .action(createEndpoint),
    )
    .addCommand(
      new Command('list').description('Lists endpoints, newest first.').option('--tenant <id>', 'only endpoints of this tenant').action(listEndpoints),
    )
    .addCommand(
      new Command('delete').description('Deletes an endpoint with its deliveries.').argument('<endpoint>', 'id of the endpoint, whe_…').action(deleteEndpoint),
    )
    .addCommand(
      new Command('test')
        .description('Sends a message of type "webhook.test" and prints the id of its delivery.')
        .argument('<endpoint>', 'id of the endpoint, whe_…')
        .action(sendTest),
    )
    .addCommand(
      new Command('deliveries')
        .description('Lists deliveries of an endpoint, newest first.')
        .argument('<endpoint>', 'id of the endpoint, whe_…')
        .addOption(new Option('--state <state>', 'only deliveries in this state').choices(['PENDING', 'DELIVERED', 'FAILED']))
        .option('--last <count>', 'number of deliveries, up to 1,000', wholeNumberOption(1, 1_000), 20)
        .action(listDeliveries),
    )
    .addCommand(
      new Command('redeliver')
        .description('Sends one delivery again, or up to 1,000 failed deliveries of an endpoint.')
        .argument('<id>', 'delivery id (whd_…); with --failed-from, endpoint id (whe_…)')
        .option('--failed-from <time>', 'failed deliveries of the endpoint that were created at this time or later', instantOption)
        .option('--to <time>', 'failed deliveries that were created before this time (default: now)', instantOption)
        .action(redeliver),
    )
}

async function createEndpoint(url: string, { tenant, type, description }: CreateOptions): Promise<void> {
  const { endpoint, secret } = await withTollgate(async ({ webhooks, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return webhooks.createEndpoint({ tenantId: tenant ?? null, url, types: type, description })
  })
  const owner = endpoint.tenantId === null ? 'the operator' : `tenant ${endpoint.tenantId}`
  note(`Created endpoint ${WebhookEndpointId.encode(endpoint.id)} for ${owner}. Its secret, which is not shown again:`)
  print(secret)
}

async function listEndpoints({ tenant }: { tenant?: string }): Promise<void> {
  const endpoints = await withTollgate(async ({ webhooks, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    const scope = tenant === undefined ? OPERATOR_SCOPE : tenantScope(tenant)
    return everyPage((after: WebhookEndpoint | undefined) => webhooks.endpoints(scope, { first: 100, after: after?.id }))
  })
  const columns = ['id', 'tenant', 'url', 'types', 'state', 'created', 'failing since', 'description'].map(heading => ({ heading }))
  print(
    table(
      columns,
      endpoints.map(({ id, tenantId, url, types, enabled, disabledReason, createdAt, failingSince, description }) => [
        WebhookEndpointId.encode(id),
        tenantId ?? '(all)',
        url,
        types?.join(' ') ?? 'all',
        enabled ? 'enabled' : `disabled${disabledReason === null ? '' : `: ${disabledReason}`}`,
        second(createdAt),
        second(failingSince),
        description ?? '-',
      ]),
    ),
  )
}

async function deleteEndpoint(endpoint: string): Promise<void> {
  const id = WebhookEndpointId.decode(endpoint, 'endpoint')
  await withTollgate(({ webhooks }) => webhooks.deleteEndpoint(OPERATOR_SCOPE, id))
  note('Deleted the endpoint.')
}

async function sendTest(endpoint: string): Promise<void> {
  const id = WebhookEndpointId.decode(endpoint, 'endpoint')
  const delivery = await withTollgate(({ webhooks }) => webhooks.sendTest(OPERATOR_SCOPE, id))
  note(`A running server sends the test now. See its result with "webhooks deliveries ${endpoint}".`)
  print(WebhookDeliveryId.encode(delivery.id))
}

async function listDeliveries(endpoint: string, { state, last }: { state?: WebhookDeliveryState; last: number }): Promise<void> {
  const endpointId = WebhookEndpointId.decode(endpoint, 'endpoint')
  const shown = await withTollgate(async ({ webhooks }) => {
    const { items: deliveries } = await webhooks.deliveries(OPERATOR_SCOPE, { endpointId, state, first: last })
    const attempts = await webhooks.attempts(
      OPERATOR_SCOPE,
      deliveries.map(({ id }) => id),
    )
    return deliveries.map((delivery, index) => ({ delivery, error: attempts[index]?.[0]?.error ?? null }))
  })
  const columns = [
    ...['id', 'type', 'state', 'created'].map(heading => ({ heading })),
    { heading: 'attempts', align: 'end' as const },
    ...['next attempt', 'last error'].map(heading => ({ heading })),
  ]
  print(
    table(
      columns,
      shown.map(({ delivery: { id, type, createdAt, attemptCount, nextAttemptAt, ...delivery }, error }) => [
        WebhookDeliveryId.encode(id),
        type,
        delivery.state,
        second(createdAt),
        attemptCount.toString(),
        second(nextAttemptAt),
        [delivery.failure, error].filter(text => text !== null).join(' ') || '-',
      ]),
    ),
  )
}

async function redeliver(id: string, { failedFrom, to }: RedeliverOptions): Promise<void> {
  if (failedFrom === undefined) {
    const deliveryId = WebhookDeliveryId.decode(id)
    const delivery: WebhookDelivery = await withTollgate(({ webhooks }) => webhooks.redeliver(OPERATOR_SCOPE, deliveryId))
    note(`A running server sends the delivery again now. Attempts so far: ${delivery.attemptCount}.`)
    return
  }
  const endpointId = WebhookEndpointId.decode(id)
  const count = await withTollgate(({ webhooks, clock }) =>
    webhooks.redeliverFailed(OPERATOR_SCOPE, { endpointId, from: failedFrom, to: to ?? clock.now(null) }),
  )
  note(`A running server sends ${count} deliveries again now.${count === 1_000 ? ' There may be more: repeat the command.' : ''}`)
}

function second(instant: Temporal.Instant | null): string {
  return instant === null ? '-' : instant.toString({ smallestUnit: 'second' })
}

import { OPERATOR_SCOPE, systemClock, type Temporal, tenantScope } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { WebhookDeliveryId, WebhookEndpointId } from '../ids.ts'
import { NOTICE_TYPES, type NoticeType } from '../../../notices/notice.ts'
import type { WebhookDelivery, WebhookDeliveryState } from '../../../webhooks/webhook-delivery.ts'
import type { WebhookEndpoint } from '../../../webhooks/webhook-endpoint.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface CreateOptions {
  readonly tenant?: string
  readonly type?: NoticeType[]
  readonly description?: string
}

interface RedeliverOptions {
  readonly failedFrom?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate webhooks` */
export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description('URLs that are told of what happens, and what became of it. A running server sends; commands only say what.')
    .addCommand(
      new Command('create')
        .description('Makes an endpoint, and writes its secret to stdout: it is shown this once. Without --tenant it hears of all tenants.')
        .argument('<url>', 'where it is')
        .option('--tenant <id>', 'whose it is')
        .addOption(new Option('--type <type...>', 'what it is told of; everything, where left out').choices(NOTICE_TYPES))
        .option('--description <text>', 'what it is for')
        .action(createEndpoint),
    )
    .addCommand(new Command('list').description('Shows endpoints, the newest first.').option('--tenant <id>', 'of one tenant').action(listEndpoints))
    .addCommand(new Command('delete').description('Deletes an endpoint with its deliveries.').argument('<endpoint>', 'whe_…').action(deleteEndpoint))
    .addCommand(new Command('test').description('Has a message of the type "webhook.test" sent.').argument('<endpoint>', 'whe_…').action(sendTest))
    .addCommand(
      new Command('deliveries')
        .description('Shows what was, or is to be, delivered to an endpoint, the newest first.')
        .argument('<endpoint>', 'whe_…')
        .addOption(new Option('--state <state>', 'only in this state').choices(['PENDING', 'DELIVERED', 'FAILED']))
        .option('--last <count>', 'how many, up to 1,000', wholeNumberOption(1, 1_000), 20)
        .action(listDeliveries),
    )
    .addCommand(
      new Command('redeliver')
        .description('Has one delivery sent again; or, of an endpoint, up to 1,000 that were given up.')
        .argument('<id>', 'a delivery, whd_…; or an endpoint, whe_…')
        .option('--failed-from <time>', 'of an endpoint: those made then or later', instantOption)
        .option('--to <time>', 'and before this time; now, where left out', instantOption)
        .action(redeliver),
    )
}

async function createEndpoint(url: string, { tenant, type, description }: CreateOptions): Promise<void> {
  const { endpoint, secret } = await withTollgate(async ({ webhooks, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return webhooks.createEndpoint({ tenantId: tenant ?? null, url, types: type, description })
  })
  const whom = endpoint.tenantId === null ? 'for operators' : `for the tenant ${endpoint.tenantId}`
  note(`The endpoint ${WebhookEndpointId.encode(endpoint.id)} was made ${whom}. Its secret, shown this once:`)
  print(secret)
}

async function listEndpoints({ tenant }: { tenant?: string }): Promise<void> {
  const endpoints = await withTollgate(async ({ webhooks, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return everyPage(async (after: WebhookEndpoint | undefined) => {
      const page = await webhooks.endpoints(tenant === undefined ? OPERATOR_SCOPE : tenantScope(tenant), { first: 100, after: after?.id })
      return { items: page.endpoints, hasMore: page.hasMore }
    })
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
        enabled ? 'on' : `off${disabledReason === null ? '' : `: ${disabledReason}`}`,
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
  note('The endpoint was deleted.')
}

async function sendTest(endpoint: string): Promise<void> {
  const id = WebhookEndpointId.decode(endpoint, 'endpoint')
  const delivery = await withTollgate(({ webhooks }) => webhooks.sendTest(OPERATOR_SCOPE, id))
  note(`A running server sends it now; "webhooks deliveries ${endpoint}" shows what became of it.`)
  print(WebhookDeliveryId.encode(delivery.id))
}

async function listDeliveries(endpoint: string, { state, last }: { state?: WebhookDeliveryState; last: number }): Promise<void> {
  const endpointId = WebhookEndpointId.decode(endpoint, 'endpoint')
  const shown = await withTollgate(async ({ webhooks }) => {
    const { deliveries } = await webhooks.deliveries(OPERATOR_SCOPE, { endpointId, state, first: last })
    const attempts = await webhooks.attempts(
      OPERATOR_SCOPE,
      deliveries.map(({ id }) => id),
    )
    return deliveries.map((delivery, index) => ({ delivery, error: attempts[index]?.[0]?.error ?? null }))
  })
  const columns = [
    ...['id', 'type', 'state', 'made'].map(heading => ({ heading })),
    { heading: 'attempts', align: 'end' as const },
    ...['next', 'last error'].map(heading => ({ heading })),
  ]
  print(
    table(
      columns,
      shown.map(({ delivery: { id, type, createdAt, attempts, nextAttemptAt, ...delivery }, error }) => [
        WebhookDeliveryId.encode(id),
        type,
        delivery.state,
        second(createdAt),
        attempts.toString(),
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
    note(`The delivery is sent again; it was sent ${delivery.attempts} times before.`)
    return
  }
  const endpointId = WebhookEndpointId.decode(id)
  const count = await withTollgate(({ webhooks }) => webhooks.redeliverFailed(OPERATOR_SCOPE, { endpointId, from: failedFrom, to: to ?? systemClock.now() }))
  note(`${count} deliveries are sent again.${count === 1_000 ? ' There may be more: run it again.' : ''}`)
}

function second(instant: Temporal.Instant | null): string {
  return instant === null ? '-' : instant.toString({ smallestUnit: 'second' })
}

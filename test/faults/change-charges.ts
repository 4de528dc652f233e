import { OPERATOR_KEY } from '../kit/server-process.ts'
import type { CallContext } from './call-context.ts'
import type { Operation } from './line-client.ts'

const PUBLISH: Operation<{ readonly chargeRule?: { readonly id: string }; readonly code?: string }> =
  `mutation ($input: PublishMarkupInput!) { result: publishMarkup(input: $input) { ... on PublishMarkupPayload { chargeRule { id } } ... on Error { code } } }`

/** Publishes a version of the tenant's markup. It is sent again until it is answered, so there may be more versions than calls. */
export async function changeCharges({ tenant, sender, ledger, random }: CallContext): Promise<void> {
  const input = { name: `usual for ${tenant.id}`, tenantId: tenant.id, percent: random.between(1, 50) }
  const answer = await sender.sendUntilKnown(OPERATOR_KEY, { query: PUBLISH, variables: { input } })
  if (answer?.data.chargeRule === undefined) ledger.breach(`A markup of ${tenant.id} was not published: ${answer?.data.code}`)
}

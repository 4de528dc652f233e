import type { EndpointWithSecret } from '@tollgate/webhooks'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'

/** Defines the payload of a mutation that returns a secret. */
export function endpointWithSecret(name: string, description: string) {
  return builder.objectRef<EndpointWithSecret>(name).implement({
    description,
    fields: t => ({
      endpoint: t.expose('endpoint', { type: WebhookEndpointRef, description: 'The endpoint.' }),
      secret: t.exposeString('secret', {
        description: 'Secret that signs the messages, "whsec_…", for any Standard Webhooks library. Store it: it is not shown again.',
      }),
    }),
  })
}

import type { EndpointWithSecret } from '@tollgate/webhooks'
import { builder } from '../../../graphql/builder.ts'
import { WebhookEndpointRef } from './webhook-endpoint.ts'

/** The payload of a mutation that draws a secret. */
export function endpointWithSecret(name: string, description: string) {
  return builder.objectRef<EndpointWithSecret>(name).implement({
    description,
    fields: t => ({
      endpoint: t.expose('endpoint', { type: WebhookEndpointRef, description: 'The endpoint.' }),
      secret: t.exposeString('secret', {
        description: 'What its messages are signed with, "whsec_…", as libraries of Standard Webhooks take it. Shown only here: keep it.',
      }),
    }),
  })
}

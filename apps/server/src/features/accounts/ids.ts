import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of API keys. */
export const ApiKeyId = idCodec({ type: 'ApiKey', prefix: 'key_', plural: 'API keys' })

/** Ids of tenants, as their operator chose them. They start with no prefix of another type. */
export const TenantId = idCodec({ type: 'Tenant', prefix: '', plural: 'tenants', form: /^[\w.-]{1,64}$/ })

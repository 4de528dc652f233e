import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import DataloaderPlugin from '@pothos/plugin-dataloader'
import ErrorsPlugin from '@pothos/plugin-errors'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Decimal, Temporal } from '@tollgate/kernel'
import type { KeyScope } from '../features/accounts/key-scopes.ts'
import { registerAccessTokensPlugin } from './plugins/access-tokens.ts'
import { registerAuditedMutationsPlugin } from './plugins/audited-mutations.ts'
import { registerCostFieldsPlugin } from './plugins/cost-fields.ts'
import type { GraphQLContext } from './context.ts'
import { unauthorized } from './errors/unauthorized.ts'
import { registerRefusedInputsPlugin } from './plugins/refused-inputs.ts'
import { registerRecordedRefusalsPlugin } from './plugins/recorded-refusals.ts'
import { registerNullOnErrorPlugin } from './plugins/null-on-error.ts'
import { features } from '../features/index.ts'
import { globalIds } from './relay/global-ids.ts'
import { RESULT_LIMITS } from './limits/limit-results.ts'
import { relayOptions } from './relay/relay-options.ts'
import { bigIntScalar } from './scalars/big-int.ts'
import { dateTimeScalar } from './scalars/date-time.ts'
import { decimalScalar } from './scalars/decimal.ts'
import { type JsonObject, jsonScalar } from './scalars/json.ts'
import { safeIntScalar } from './scalars/safe-int.ts'
import { requireStorableText } from './scalars/storable-text.ts'

interface SchemaTypes {
  Context: GraphQLContext
  DefaultFieldNullability: false
  DefaultEdgesNullability: { list: false; items: false }
  DefaultNodeNullability: false
  AuthScopes: { can: KeyScope; operator: boolean }
  Scalars: {
    ID: { Input: string; Output: string }
    Decimal: { Input: Decimal; Output: Decimal }
    DateTime: { Input: Temporal.Instant; Output: Temporal.Instant }
    SafeInt: { Input: number; Output: number }
    /** No input has this type. */
    BigInt: { Input: never; Output: number | bigint }
    /** Inputs of this type are attributes only, and their own check rejects anything but an object. */
    JSON: { Input: JsonObject; Output: unknown }
  }
}

const codecs = features.flatMap(feature => feature.ids ?? [])
const ids = globalIds(codecs)

/** The schema builder. The errors plugin comes first, so that errors of authorization become members of the result union too. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [
    ErrorsPlugin,
    registerRecordedRefusalsPlugin(),
    registerAuditedMutationsPlugin(),
    registerAccessTokensPlugin(),
    registerCostFieldsPlugin(),
    registerNullOnErrorPlugin(),
    ScopeAuthPlugin,
    registerRefusedInputsPlugin(),
    ComplexityPlugin,
    RelayPlugin,
    DataloaderPlugin,
  ],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: {
      description: 'The payload of the mutation, or an expected error.',
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
    },
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ operator: viewer.kind === 'operator', can: scope => viewer.scopes.has(scope) }),
    // When the subscription starts, and not at its first event.
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, _context, _info, { failure }) => unauthorized(failure),
  },
  complexity: RESULT_LIMITS,
  relay: {
    ...relayOptions(codecs),
    encodeGlobalID: (typename, id) => ids.encode(typename, String(id)),
    decodeGlobalID: text => {
      const { type, id } = ids.decode(text)
      return { typename: type, id }
    },
  },
})

requireStorableText()
builder.scalarType('Decimal', decimalScalar)
builder.scalarType('DateTime', dateTimeScalar)
builder.scalarType('SafeInt', safeIntScalar)
builder.scalarType('BigInt', bigIntScalar)
builder.scalarType('JSON', jsonScalar)

builder.queryType({
  description:
    'Queries. Where `tenantId` is an argument, a tenant key may omit it to read its own tenant, and an operator key to read all tenants. A field that fails is null, and the others are answered: `errors` says why, with its path.',
})
builder.mutationType({ description: 'Mutations. Expected errors are members of the result union and implement the interface Error.' })
builder.subscriptionType({
  description:
    'Subscriptions, over Server-Sent Events (`Accept: text/event-stream`) or WebSockets (graphql-transport-ws). When the server ends a subscription that can go on, it closes the connection, and clients subscribe again: pass the last cursor as `after`.',
})

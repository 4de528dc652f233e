import SchemaBuilder from '@pothos/core'
import ComplexityPlugin, { ComplexityErrorKind } from '@pothos/plugin-complexity'
import DataloaderPlugin from '@pothos/plugin-dataloader'
import ErrorsPlugin from '@pothos/plugin-errors'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Decimal, Temporal } from '@tollgate/kernel'
import type { KeyScope } from '../features/accounts/key-scopes.ts'
import type { GraphQLContext } from './context.ts'
import { QueryTooLarge } from './errors/query-too-large.ts'
import { unauthorized } from './errors/unauthorized.ts'
import { features } from '../features/index.ts'
import { globalIds } from './relay/global-ids.ts'
import { MAX_COMPLEXITY, MAX_DEPTH } from './limits/limits.ts'
import { relayOptions } from './relay/relay-options.ts'
import { dateTimeScalar } from './scalars/date-time.ts'
import { decimalScalar } from './scalars/decimal.ts'
import { type JsonObject, jsonScalar } from './scalars/json.ts'
import { safeIntScalar } from './scalars/safe-int.ts'

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
    /** Input is taken for attributes only; their own check refuses what is no object. */
    JSON: { Input: JsonObject; Output: unknown }
  }
}

const codecs = features.flatMap(feature => feature.ids ?? [])
const ids = globalIds(codecs)

/** What the schema is built with. Errors come first, so that what authorisation refuses is a member of the union too. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, ComplexityPlugin, RelayPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: {
      description: 'What the mutation did, or why it did not.',
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
    },
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ operator: viewer.kind === 'operator', can: scope => viewer.scopes.has(scope) }),
    // Before anything is followed, not at its first event.
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, _context, _info, { failure }) => unauthorized(failure),
  },
  complexity: {
    limit: { depth: MAX_DEPTH, complexity: MAX_COMPLEXITY },
    defaultListMultiplier: 10,
    complexityError: (kind, { depth, complexity }) =>
      kind === ComplexityErrorKind.Depth ? QueryTooLarge.depth(depth, MAX_DEPTH) : QueryTooLarge.complexity(complexity, MAX_COMPLEXITY),
  },
  relay: {
    ...relayOptions(codecs),
    encodeGlobalID: (typename, id) => ids.encode(typename, String(id)),
    decodeGlobalID: text => {
      const { type, id } = ids.decode(text)
      return { typename: type, id }
    },
  },
})

builder.scalarType('Decimal', decimalScalar)
builder.scalarType('DateTime', dateTimeScalar)
builder.scalarType('SafeInt', safeIntScalar)
builder.scalarType('JSON', jsonScalar)

builder.queryType({ description: 'What can be read. Where a tenant may be named, a tenant key stands for its own and an operator key sees all.' })
builder.mutationType({ description: 'What can be changed. Expected failures are members of the result, under the interface Error.' })
builder.subscriptionType({
  description:
    'What can be followed as it happens, over Server-Sent Events (`Accept: text/event-stream`) or WebSockets (graphql-transport-ws). When a subscription must end, its last result has an error that says why, with `extensions.after` where it can be continued.',
})

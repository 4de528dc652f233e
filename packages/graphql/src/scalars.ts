/** Any JSON value: attributes of events, details of audit events and terms of charge rules. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/**
 * TypeScript types of the scalars, for `scalars` of GraphQL Code Generator. Decimals are text, because a number of JavaScript
 * cannot hold money exactly. Times are text in RFC 3339. A count above 2^53 - 1 is text.
 */
export const scalars = {
  ID: 'string',
  Decimal: 'string',
  DateTime: 'string',
  SafeInt: 'number',
  BigInt: 'string | number',
  JSON: '@tollgate/graphql#JsonValue',
} as const

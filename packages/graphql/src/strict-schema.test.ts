import { expect, it } from 'vitest'
import { strictSchema } from './strict-schema.ts'

const SCHEMA = `"""
A field that fails alone.
On two lines.
"""
directive @semanticNonNull(levels: [Int!]! = [0]) on FIELD_DEFINITION

"""A text."""
type Query {
  """Null with an error."""
  usage(first: Int): [Usage!] @semanticNonNull

  """Null if there is none."""
  invoice: Invoice
}
`

it('makes fields non-null that are null only with an error', () => {
  expect(strictSchema(SCHEMA)).toBe(`"""A text."""
type Query {
  """Null with an error."""
  usage(first: Int): [Usage!]!

  """Null if there is none."""
  invoice: Invoice
}
`)
})

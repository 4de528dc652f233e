import { parse } from 'graphql'
import { expect, it } from 'vitest'
import { boundedCache } from '../limits/bounded-cache.ts'
import { type KnownDocument, rememberDocument } from './known-documents.ts'

it('a document that is executed again keeps what is known of its operations, and another one of the same text does not', () => {
  const documents = boundedCache<KnownDocument>({ entries: 2, keyLength: 100 })
  const text = '{ viewer { kind } }'
  const document = parse(text)
  rememberDocument(documents, text, document)
  const first = documents.get(text)
  rememberDocument(documents, text, document)
  expect(documents.get(text)).toBe(first)
  rememberDocument(documents, text, parse(text))
  expect(documents.get(text)).not.toBe(first)
})

import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createAnonymizer } from './anonymizer.ts'
import { checkMetadata } from './check-metadata.ts'
import { createMetadataRewriter } from './metadata-rewriter.ts'
import { checkMetadataRules, MAX_METADATA_RULES, type MetadataRule } from './metadata-rules.ts'

const KEY = 'a secret key of at least 16 bytes.'
const pseudonym = (value: string) => `anon_${createHmac('sha256', KEY).update(value).digest('hex').slice(0, 32)}`
const rule = (field: string, action: MetadataRule['action'], length: number | null = null): MetadataRule => ({ field, action, length })
const RULES = [
  rule('customerId', 'hash'),
  rule('sessionId', 'drop'),
  rule('environment', 'truncate', 3),
  rule('attributes.email', 'hash'),
  rule('attributes.phone', 'drop'),
  rule('attributes.zip', 'truncate', 2),
]
const { rewrite, stored } = createMetadataRewriter(RULES, pseudonym)

describe('rules of metadata', () => {
  it('replace, leave out and shorten the chosen fields and attributes, and keep the others', () => {
    const draft = {
      customerId: 'ana@example.com',
      sessionId: 's1',
      environment: 'prod🚀x',
      featureId: 'chat',
      attributes: { email: 'a@b.c', phone: 5, zip: 12345, age: 42 },
    }
    expect(rewrite(draft)).toEqual({
      customerId: pseudonym('ana@example.com'),
      environment: 'pro',
      featureId: 'chat',
      attributes: { email: pseudonym('a@b.c'), zip: '12', age: 42 },
    })
    expect(draft.customerId).toBe('ana@example.com')
    expect(checkMetadata(rewrite(draft)).issues).toEqual([])
  })

  it('give the pseudonyms of an anonymizer with the same key, in every field', async () => {
    expect(stored('customerId', 'ana')).toBe(await createAnonymizer({ key: KEY }).pseudonym('ana'))
    expect([stored('sessionId', 's1'), stored('environment', 'production'), stored('featureId', 'chat')]).toEqual([undefined, 'pro', 'chat'])
  })

  it('change nothing when they are applied again', () => {
    const once = rewrite({ customerId: 'ana', environment: 'production', attributes: { email: 'a@b.c', zip: 'abc' } })
    expect(rewrite(once)).toEqual(once)
  })

  it('never cut a character in half', () => {
    expect(createMetadataRewriter([rule('taskType', 'truncate', 1)], pseudonym).stored('taskType', '🚀🚀')).toBe('🚀')
  })

  it('keep invalid metadata invalid, without its values', () => {
    for (const draft of [{ customerId: 4711 }, { attributes: { email: { marked: 4711 } } }, { attributes: 'marked 4711' }, 'marked 4711', ['marked 4711']]) {
      const rewritten = rewrite(draft as never)
      expect(JSON.stringify(rewritten)).not.toContain('4711')
      expect(checkMetadata(rewritten).issues).toHaveLength(1)
    }
    expect(rewrite({ customerId: null, attributes: null })).toEqual({ customerId: null, attributes: null })
  })
})

describe('a rule', () => {
  it.each([
    [rule('customer', 'hash'), '0.field'],
    [rule('attributes', 'drop'), '0.field'],
    [rule('attributes.', 'drop'), '0.field'],
    [rule(`attributes.${'x'.repeat(65)}`, 'drop'), '0.field'],
    [rule('customerId', 'truncate', 3), '0.action'],
    [rule('taskType', 'truncate'), '0.length'],
    [rule('taskType', 'truncate', 0), '0.length'],
    [rule('taskType', 'truncate', 1.5), '0.length'],
    [rule('customerId', 'hash', 3), '0.length'],
  ])('is refused: %j', (bad, path) => {
    expect(checkMetadataRules([bad])).toMatchObject([{ path }])
  })

  it('is the only one of its field', () => {
    expect(checkMetadataRules(RULES)).toEqual([])
    expect(checkMetadataRules([...RULES, rule('customerId', 'drop')])).toEqual([{ path: '6.field', message: 'has a rule already' }])
    expect(checkMetadataRules(Array.from({ length: MAX_METADATA_RULES + 1 }, (_, i) => rule(`attributes.a${i}`, 'drop')))).toHaveLength(1)
  })
})

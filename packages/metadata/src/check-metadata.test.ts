import fc from 'fast-check'
import { parseExactJson } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { checkMetadata } from './check-metadata.ts'
import { METADATA_LIMITS } from './limits.ts'
import { METADATA_FIELDS, type MetadataDraft } from './metadata.ts'
import { metadataSchema } from './schema/index.ts'

const check = (draft: unknown) => checkMetadata(draft as MetadataDraft)
const paths = (draft: unknown) => check(draft).issues.map(({ path }) => path)

describe('checkMetadata accepts', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['an empty object', {}, {}],
    [
      'every field',
      { ...Object.fromEntries(METADATA_FIELDS.map(field => [field, 'x'])), attributes: { a: 'x' } },
      { ...Object.fromEntries(METADATA_FIELDS.map(field => [field, 'x'])), attributes: { a: 'x' } },
    ],
    ['nulls, as absent fields', { customerId: null, featureId: undefined, taskType: 'qa', attributes: null }, { taskType: 'qa' }],
    ['attributes of each type', { attributes: { s: 'x', empty: '', n: -1.5, b: false, no: null } }, { attributes: { s: 'x', empty: '', n: -1.5, b: false } }],
    ['the largest exact integers', { attributes: { n: 2 ** 53 - 1, m: -(2 ** 53 - 1) } }, { attributes: { n: 2 ** 53 - 1, m: -(2 ** 53 - 1) } }],
    ['attributes that are all null', { attributes: { a: null } }, {}],
    ['emoji and other scripts', { customerId: 'ग्राहक-👩🏽‍💻' }, { customerId: 'ग्राहक-👩🏽‍💻' }],
    [
      'objects without a prototype, as GraphQL creates',
      Object.assign(Object.create(null) as object, { customerId: 'c', attributes: Object.assign(Object.create(null) as object, { a: 1 }) }),
      { customerId: 'c', attributes: { a: 1 } },
    ],
    [
      'attributes with the names of object properties',
      { attributes: { constructor: 'x', toString: 'y' } },
      { attributes: { constructor: 'x', toString: 'y' } },
    ],
    [
      'the longest texts',
      { customerId: 'c'.repeat(256), attributes: { ['k'.repeat(64)]: 'v'.repeat(1_000) } },
      { customerId: 'c'.repeat(256), attributes: { ['k'.repeat(64)]: 'v'.repeat(1_000) } },
    ],
  ])('%s', (_, draft, metadata) => {
    expect(check(draft)).toStrictEqual({ metadata, issues: [] })
  })
})

describe('checkMetadata rejects', () => {
  it.each<[string, RegExp, unknown]>([
    ['metadata', /must be a plain object/, 'cust_0001'],
    ['metadata', /must be a plain object/, ['cust_0001']],
    ['metadata', /must be a plain object/, new Map()],
    ['metadata.customerId', /must not be empty/, { customerId: '' }],
    ['metadata.customerId', /must be a string/, { customerId: 17 }],
    ['metadata.customerId', /longer than 256/, { customerId: 'c'.repeat(257) }],
    ['metadata.sessionId', /NUL/, { sessionId: 'a\0b' }],
    ['metadata.environment', /surrogate/, { environment: 'a\uD800' }],
    ['metadata.customer', /not a metadata field/, { customer: 'cust_0001' }],
    ['metadata.attributes', /flat object/, { attributes: 'x' }],
    ['metadata.attributes', /flat object/, { attributes: ['x'] }],
    ['metadata.attributes.nested', /a string, a finite number or a boolean/, { attributes: { nested: {} } }],
    ['metadata.attributes.n', /finite/, { attributes: { n: Number.NaN } }],
    ['metadata.attributes.n', /finite/, { attributes: { n: Infinity } }],
    ['metadata.attributes.n', /a string, a finite number or a boolean/, { attributes: { n: 1n } }],
    ['metadata.attributes.n', /has more digits than a number keeps; send it as a string/, JSON.parse('{"attributes":{"n":9007199254740992}}')],
    ['metadata.attributes.n', /has more digits than a number keeps; send it as a string/, JSON.parse('{"attributes":{"n":9007199254740993}}')],
    ['metadata.attributes.n', /has more digits than a number keeps; send it as a string/, JSON.parse('{"attributes":{"n":-9007199254740993}}')],
    ['metadata.attributes.n', /has more digits than a number keeps; send it as a string/, JSON.parse('{"attributes":{"n":1e300}}')],
    ['metadata.attributes.n', /has more digits than a number keeps; send it as a string/, parseExactJson('{"attributes":{"n":9007199254740993}}')],
    ['metadata.attributes.n', /more digits.*send it as a string/, parseExactJson('{"attributes":{"n":0.1000000000000000055511151231257827}}')],
    ['metadata.attributes.n', /more digits.*send it as a string/, parseExactJson('{"attributes":{"n":1e-400}}')],
    ['metadata.attributes', /flat object/, parseExactJson('{"attributes":9007199254740993}')],
    ['metadata', /must be a plain object/, parseExactJson('9007199254740993')],
    ['metadata.customerId', /must be a string/, parseExactJson('{"customerId":9007199254740993}')],
    ['metadata.attributes.s', /longer than 1,000/, { attributes: { s: 'v'.repeat(1_001) } }],
    ['metadata.attributes.s', /NUL/, { attributes: { s: '\0' } }],
    ['metadata.attributes.', /empty name/, { attributes: { '': 1 } }],
    [`metadata.attributes.${'k'.repeat(64)}…`, /name that is longer than 64/, { attributes: { ['k'.repeat(65)]: 1 } }],
    ['metadata.attributes.a\uFFFD', /NUL/, { attributes: { 'a\0': 1 } }],
    ['metadata.attributes', /more than 50/, { attributes: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, i])) }],
  ])('%s: %s', (path, message, draft) => {
    const { issues } = check(draft)
    expect(issues).toHaveLength(1)
    expect(issues[0]?.path).toBe(path)
    expect(issues[0]?.message).toMatch(message)
  })

  it('every invalid field, and returns the valid ones', () => {
    const { metadata, issues } = check({ customerId: '', featureId: 'chat', taskType: 1, attributes: { good: 1, bad: [] } })
    expect(issues.map(({ path }) => path)).toEqual(['metadata.customerId', 'metadata.taskType', 'metadata.attributes.bad'])
    expect(metadata).toEqual({ featureId: 'chat', attributes: { good: 1 } })
  })

  it('a hostile input with few and short issues', () => {
    expect(paths(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`field${i}`, i])))).toHaveLength(20)
    expect(paths({ ['f'.repeat(1_000_000)]: 1 })[0]).toHaveLength('metadata.'.length + 65)
  })

  it('a field named __proto__, and ignores an attribute of that name', () => {
    const { metadata, issues } = check(JSON.parse('{"attributes":{"__proto__":{"admin":true},"a":1}}'))
    expect({ metadata, issues }).toStrictEqual({ metadata: { attributes: { a: 1 } }, issues: [] })
    expect(paths(JSON.parse('{"__proto__":{"customerId":"x"}}'))).toEqual(['metadata.__proto__'])
  })
})

it('checkMetadata copies the draft, so later changes of it have no effect', () => {
  const draft = { customerId: 'a', attributes: { n: 1 } }
  const { metadata } = check(draft)
  draft.customerId = 'b'
  draft.attributes.n = 2
  expect(metadata).toEqual({ customerId: 'a', attributes: { n: 1 } })
})

const someText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }) },
  fc.constantFrom('', '\0', 'a\0', '\uD800', '\uDC00x', 'é', '👍', 'x'.repeat(256), 'x'.repeat(257), 'x'.repeat(1_000), 'x'.repeat(1_001)),
)
const anything = fc.oneof(
  { weight: 6, arbitrary: someText },
  fc.constantFrom(null, undefined),
  fc.double(),
  fc.constantFrom(2 ** 53 - 1, 2 ** 53, 1e300),
  fc.boolean(),
  fc.bigInt(),
  fc.constant([]),
  fc.constant({}),
  fc.date(),
)
const someKey = fc.oneof(
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  fc.constantFrom('', '__proto__', 'constructor', '1', '\0', '\uDBFF', 'k'.repeat(64), 'k'.repeat(65)),
)
const someAttributes = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(someKey, anything, { maxKeys: 8 }) },
  fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.oneof(fc.integer(), fc.constant(null)), { minKeys: 48, maxKeys: 53 }),
  anything,
)
const someDraft = fc
  .tuple(
    fc.dictionary(
      fc.oneof({ weight: 30, arbitrary: fc.constantFrom<string>(...METADATA_FIELDS) }, fc.constantFrom('customer', 'Attributes', '__proto__', 'toString')),
      anything,
      { maxKeys: 6 },
    ),
    fc.option(someAttributes, { nil: undefined }),
  )
  .map(([fields, attributes]) => (attributes === undefined ? fields : { ...fields, attributes }))

it('checkMetadata agrees with metadataSchema on every draft: its validity, its result, and its invalid fields', () => {
  let accepted = 0
  fc.assert(
    fc.property(someDraft, draft => {
      const fast = check(draft)
      const slow = metadataSchema.safeParse(draft)
      if (slow.success) {
        accepted += 1
        expect(fast).toStrictEqual({ metadata: slow.data, issues: [] })
        return
      }
      const invalid = slow.error.issues.flatMap(issue => (issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])]))
      expect(new Set(fast.issues.map(({ path }) => path.split('.')[1]))).toEqual(new Set(invalid))
    }),
    { numRuns: 2_000 },
  )
  expect(accepted).toBeGreaterThan(200)
})

it('METADATA_LIMITS has the limits used in these tests', () => {
  expect(METADATA_LIMITS).toEqual({ textLength: 256, attributeCount: 50, attributeKeyLength: 64, attributeValueLength: 1_000 })
})

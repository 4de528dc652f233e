import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isNestedDeeperThan } from './json-nesting.ts'

const bytes = (text: string) => Buffer.from(text)

it.each([
  ['[[[]]]', 3, false],
  ['[[[]]]', 2, true],
  ['{"a":[{"b":1}]}', 3, false],
  ['{"a":[{"b":1}]}', 2, true],
  ['[[],[],[],[]]', 2, false],
  ['"[[[["', 0, false],
  ['["\\"[[[", "\\\\", [1]]', 2, false],
  ['["\\"[[[", "\\\\", [1]]', 1, true],
  ['[[[[', 3, true],
])('says of %s whether it is nested deeper than %i: %s', (json, max, expected) => {
  expect(isNestedDeeperThan(bytes(json), max)).toBe(expected)
})

it('agrees with the depth of any parsed JSON', () => {
  const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0)
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.nat(8), (json, max) => {
      expect(isNestedDeeperThan(bytes(json), max)).toBe(depthOf(JSON.parse(json)) > max)
    }),
  )
})

it('reads no further than the first place that is too deep', () => {
  const lists = new Proxy(Buffer.alloc(8 * 1024 * 1024, '['), {
    get(target, at) {
      if (typeof at === 'string' && Number(at) > 64) throw new Error(`It has read byte ${at}`)
      return Reflect.get(target, at, target)
    },
  })
  expect(isNestedDeeperThan(lists, 64)).toBe(true)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countingIds, isUuid, isUuidV7, randomIds, uuidV7Milliseconds } from './ids.ts'

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })

describe.each([
  ['randomIds', randomIds],
  ['countingIds', countingIds],
])('%s', (_, source) => {
  it('creates UUIDv7s that contain their time', () => {
    const ids = source()
    fc.assert(
      fc.property(time, milliseconds => {
        const id = ids.uuidV7(milliseconds)
        expect(isUuidV7(id)).toBe(true)
        expect(uuidV7Milliseconds(id)).toBe(milliseconds)
      }),
    )
  })

  it('creates ids that sort by time', () => {
    const ids = source()
    fc.assert(
      fc.property(time, time, (a, b) => {
        fc.pre(a !== b)
        expect(ids.uuidV7(a) < ids.uuidV7(b)).toBe(a < b)
      }),
    )
  })

  it('never creates the same id twice', () => {
    const ids = source()
    const made = Array.from({ length: 10_000 }, () => ids.uuidV7(1_763_631_000_000))
    expect(new Set(made).size).toBe(made.length)
  })

  it('drops fractions of a millisecond', () => {
    expect(uuidV7Milliseconds(source().uuidV7(1_763_631_000_000.9))).toBe(1_763_631_000_000)
  })

  it.each([-1, 2 ** 48, Number.NaN, Number.POSITIVE_INFINITY])('rejects the time %d', milliseconds => {
    expect(() => source().uuidV7(milliseconds)).toThrow(RangeError)
  })
})

it('fills all bits that RFC 9562 leaves to randomness', () => {
  const ids = randomIds()
  const bits = Array.from({ length: 300 }, () => BigInt(`0x${ids.uuidV7(0).replaceAll('-', '')}`))
  const everSet = bits.reduce((a, b) => a | b, 0n)
  const alwaysSet = bits.reduce((a, b) => a & b)
  expect(everSet.toString(16).padStart(32, '0')).toBe('0000000000007fffbfffffffffffffff')
  expect(alwaysSet.toString(16).padStart(32, '0')).toBe('00000000000070008000000000000000')
})

it('counts from 1, so that the same calls return the same ids', () => {
  const ids = countingIds()
  expect([ids.uuidV7(1), ids.uuidV7(2)]).toEqual(['00000000-0001-7000-8000-000000000001', '00000000-0002-7000-8000-000000000002'])
})

it.each([
  ['018f4e1c-8c00-7abc-8def-0123456789ab', true],
  ['018f4e1c-8c00-4abc-8def-0123456789ab', false], // version 4
  ['018f4e1c-8c00-7abc-cdef-0123456789ab', false], // another variant
  ['018F4E1C-8C00-7ABC-8DEF-0123456789AB', false],
  ['018f4e1c8c007abc8def0123456789ab', false],
  ['{018f4e1c-8c00-7abc-8def-0123456789ab}', false],
  ['018f4e1c-8c00-7abc-8def-0123456789ab\n', false],
  ['', false],
])('isUuidV7(%j) is %s', (text, answer) => {
  expect(isUuidV7(text)).toBe(answer)
})

it.each([
  ['018f4e1c-8c00-7abc-8def-0123456789ab', true],
  ['018f4e1c-8c00-4abc-cdef-0123456789ab', true], // another version and variant
  ['018F4E1C-8C00-7ABC-8DEF-0123456789AB', false],
  ['018f4e1c8c007abc8def0123456789ab', false],
  ['018f4e1c-8c00-7abc-8def-0123456789ab\n', false],
  ['', false],
])('isUuid(%j) is %s', (text, answer) => {
  expect(isUuid(text)).toBe(answer)
})

import { describe, expect, it } from 'vitest'
import { InvalidInput } from './errors.ts'
import { checkPageSize, toPage } from './page.ts'

describe('checkPageSize', () => {
  const limits = { default: 20, max: 100 }

  it.each([
    [undefined, 20],
    [null, 20],
    [1, 1],
    [100, 100],
  ])('reads %s as %d items', (first, size) => {
    expect(checkPageSize(first, limits)).toBe(size)
  })

  it.each([0, -1, 101, 1.5, Number.NaN])('rejects %s items', first => {
    expect(() => checkPageSize(first, limits)).toThrow(InvalidInput)
    expect(() => checkPageSize(first, limits)).toThrow(`first: must be from 1 to 100, not ${first}`)
  })
})

describe('toPage', () => {
  it.each([
    { read: [], items: [], hasMore: false },
    { read: ['a', 'b'], items: ['a', 'b'], hasMore: false },
    { read: ['a', 'b', 'c'], items: ['a', 'b'], hasMore: true },
  ])('returns $items of $read, hasMore $hasMore', ({ read, items, hasMore }) => {
    expect(toPage(read, 2)).toEqual({ items, hasMore })
  })
})

import { describe, expect, it } from 'vitest'
import { checkStorable, checkText, isStorableText, NOT_STORABLE } from './text.ts'

describe('checkText', () => {
  it.each(['a', ' Größe 漢 🎉 ', '👩‍💻', 'x'.repeat(20)])('accepts %j', text => {
    expect(checkText('name', text, { max: 20 })).toEqual([])
  })

  it.each([
    ['', 'must not be empty'],
    [' \t', 'must not be empty'],
    ['x'.repeat(21), 'must be at most 20 characters, not 21'],
    ['a\nb', 'must not contain control characters'],
    ['a\0b', 'must not contain control characters'],
    ['\ud83d', 'must not contain control characters'],
  ])('rejects %j: %s', (text, message) => {
    expect(checkText('name', text, { max: 20 })).toEqual([{ path: 'name', message }])
  })

  it.each(['gpt\u200b5', '👩‍💻', '\u{e000}'])('rejects %j when only visible characters are allowed', text => {
    expect(checkText('model', text, { max: 20 })).toEqual([])
    expect(checkText('model', text, { max: 20, visibleOnly: true })).toEqual([{ path: 'model', message: 'must not contain control characters' }])
  })
})

describe('isStorableText', () => {
  it.each([
    ['', true],
    ['a\nb 🎉', true],
    ['a\0b', false],
    ['\ud83d', false],
    ['\udc00\ud83d', false],
  ])('of %j is %s', (text, isStorable) => {
    expect(isStorableText(text)).toBe(isStorable)
  })
})

describe('checkStorable', () => {
  it.each([
    ['a text', '\0', [{ path: 'input', message: NOT_STORABLE }]],
    ['an item of a list in an object', { names: ['a', 'b\ud800'] }, [{ path: 'input.names[1]', message: NOT_STORABLE }]],
    ['several texts, in order', { a: '\0', b: { c: '\udc00' } }, ['input.a', 'input.b.c'].map(path => ({ path, message: NOT_STORABLE }))],
    ['a key', { 'k\0': 1 }, [{ path: 'input', message: `"k\\u0000" ${NOT_STORABLE}` }]],
    ['nothing', [null, 1, true, 'fine', { a: '🎉' }], []],
  ])('names %s', (_, value, issues) => {
    expect(checkStorable('input', value)).toEqual(issues)
  })

  it('checks values of any depth', () => {
    let deep: unknown = '\0'
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(checkStorable('', deep)).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { checkText, isStorableText } from './text.ts'

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

import { expect, it } from 'vitest'
import { colorIn } from './palette.ts'

it('keeps what a color stands for when the theme changes', () => {
  expect(colorIn('dark', '#0b6e99')).toBe('#5cc4f0')
  expect(colorIn('light', '#5cc4f0')).toBe('#0b6e99')
  expect(colorIn('light', '#0b6e99')).toBe('#0b6e99')
  expect(colorIn('dark', '#8b939c')).toBe('#77808a')
  expect(colorIn('dark', '#123456')).toBe('#123456')
})

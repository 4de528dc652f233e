import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { chooseTheme } from './theme.ts'

/** Changes between light and dark. */
export function ThemeButton() {
  const [isDark, setDark] = useState(document.documentElement.dataset['theme'] === 'dark')
  const toggle = () => {
    chooseTheme(isDark ? 'light' : 'dark')
    setDark(!isDark)
  }
  return (
    <Button look="quiet" onClick={toggle}>
      {isDark ? 'Light theme' : 'Dark theme'}
    </Button>
  )
}

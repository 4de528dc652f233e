import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback } from 'react'

/** What stands in the address behind the question mark. */
export type Search = Readonly<Record<string, unknown>>

/**
 * The view of a page, which the address holds whole, so that it can be shared and the browser's back button undoes a choice.
 * `read` checks what the address says. Changes replace only the parameters that are named; undefined removes one.
 */
export function useView<View>(read: (search: Search) => View): readonly [View, (change: Search, options?: { readonly replace?: boolean }) => void] {
  const search = useRouterState({ select: ({ location }) => location.search as Search })
  const navigate = useNavigate()
  const change = useCallback(
    (changed: Search, { replace = false }: { readonly replace?: boolean } = {}) => {
      void navigate({ to: '.', search: (before: Search) => ({ ...before, ...changed }), replace, resetScroll: false })
    },
    [navigate],
  )
  return [read(search), change]
}

/** Reads a text of the address. */
export function textIn(search: Search, name: string): string | undefined {
  const value = search[name]
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
}

/** Reads one of some values of the address. */
export function choiceIn<Value extends string>(search: Search, name: string, values: readonly Value[]): Value | undefined {
  return values.find(value => value === search[name])
}

import { createContext, useContext } from 'react'
import type { ViewerQuery } from '../session/viewer.operations.ts'

/** Who is signed in. */
export type Viewer = ViewerQuery['viewer']

export const ViewerContext = createContext<Viewer | undefined>(undefined)

/** Returns who is signed in. Only for what is shown to them. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (viewer === undefined) throw new Error('Nobody is signed in here.')
  return viewer
}

/** Whether the key of the session has a scope. */
export function useScope(scope: string): boolean {
  return useViewer().scopes.includes(scope)
}

import { Navigate } from '@tanstack/react-router'
import { navigationOf } from './page-about.ts'
import { PAGES } from './pages.ts'
import { useViewer } from './viewer-context.ts'
import { Empty } from '../ui/states.tsx'

/** Leads to the first page that the viewer may see. */
export function Home() {
  const viewer = useViewer()
  const [first] = navigationOf(viewer, PAGES)
  if (first === undefined)
    return <Empty title="There is nothing that you may see.">Your key has none of the scopes that read something. Ask an operator for another one.</Empty>
  return <Navigate to={first.path} search={true} replace />
}

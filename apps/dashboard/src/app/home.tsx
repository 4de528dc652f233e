import { Navigate, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useRead } from '../graphql/use-read.ts'
import { Empty, Loading } from '../ui/states.tsx'
import { lastDays } from './last-days.ts'
import { navigationOf } from './page-about.ts'
import { PAGES } from './pages.ts'
import { ANY_EVENT } from './shell.operations.ts'
import { useViewer } from './viewer-context.ts'

const START = '/start'

/** Leads to the first page that the viewer may see, or to the page that helps with the first event if there was none for long. */
export function Home() {
  const viewer = useViewer()
  const pages = navigationOf(viewer, PAGES)
  const maySend = pages.some(({ path }) => path === START)
  const range = useMemo(() => lastDays(90), [])
  const { data, error } = useRead(ANY_EVENT, { range }, { isPaused: !maySend })
  const [first] = pages
  const router = useRouter()
  useEffect(() => {
    // Most likely the page that comes next: its code arrives while the server answers.
    if (first !== undefined) void router.preloadRoute({ to: first.path })
  }, [router, first])
  if (first === undefined)
    return <Empty title="There is nothing that you may see.">Your key has none of the scopes that read something. Ask an operator for another one.</Empty>
  if (maySend && data === undefined && error === undefined) return <Loading what="Loading the dashboard" />
  return <Navigate to={data?.usageEvents.nodes.length === 0 ? START : first.path} search={true} replace />
}

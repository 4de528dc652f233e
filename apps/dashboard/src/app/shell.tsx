import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useRead } from '../graphql/use-read.ts'
import { LiveFeed } from '../live/live-feed.tsx'
import { VIEWER } from '../session/viewer.operations.ts'
import { Failed, Loading } from '../ui/states.tsx'
import { appSession } from './app-session.ts'
import { Navigation } from './navigation.tsx'
import { SHOWN_TENANT } from './shell.operations.ts'
import { type ShownTenant, TenantContext } from './tenant-context.ts'
import { TenantPicker } from './tenant-picker.tsx'
import { ThemeButton } from './theme-button.tsx'
import { textIn, useView } from './use-view.ts'
import { type Viewer, ViewerContext } from './viewer-context.ts'
import { Button } from '../ui/button.tsx'

/** The frame of every page: sends those without a session to the sign-in page. */
export function Shell() {
  const session = useSyncExternalStore(appSession.onChange, appSession.current)
  if (session === undefined) return <Navigate to="/sign-in" search={{ from: location.pathname + location.search }} replace />
  return <SignedIn />
}

function SignedIn() {
  const { data, error, refresh } = useRead(VIEWER, {}, { isKept: true })
  if (data !== undefined) return <Frame viewer={data.viewer} />
  if (error !== undefined) return <Failed error={error} onRetry={refresh} />
  return <Loading what="Loading the dashboard" />
}

function Frame({ viewer }: { readonly viewer: Viewer }) {
  const [isMenuOpen, setMenuOpen] = useState(false)
  const path = useRouterState({ select: ({ location: { pathname } }) => pathname })
  useEffect(() => setMenuOpen(false), [path])
  return (
    <ViewerContext value={viewer}>
      <ForTenant viewer={viewer}>
        <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-raised focus:p-2">
          Skip to the content
        </a>
        <div className="flex min-h-dvh flex-col md:flex-row">
          <header className="flex items-center justify-between gap-2 border-b border-line bg-raised px-4 py-2 md:hidden">
            <Link to="/" search={true} className="text-lg font-semibold">
              Tollgate
            </Link>
            <Button look="quiet" aria-expanded={isMenuOpen} aria-controls="navigation" onClick={() => setMenuOpen(!isMenuOpen)}>
              Menu
            </Button>
          </header>
          <aside
            aria-label="Navigation"
            id="navigation"
            className={`${isMenuOpen ? 'flex' : 'hidden'} w-full shrink-0 flex-col gap-4 border-b border-line bg-raised p-4 md:sticky md:top-0 md:flex md:h-dvh md:w-56 md:overflow-y-auto md:border-r md:border-b-0`}
          >
            <Link to="/" search={true} className="hidden text-lg font-semibold md:block">
              Tollgate
            </Link>
            {viewer.kind === 'OPERATOR' ? <TenantPicker /> : <p className="font-medium break-words">{viewer.tenant?.name ?? viewer.customerId}</p>}
            <Navigation />
            <div className="mt-auto flex items-center justify-between gap-2 pt-4">
              <ThemeButton />
              <Button look="quiet" onClick={() => appSession.end()}>
                Sign out
              </Button>
            </div>
          </aside>
          <LiveFeed>
            <Outlet />
          </LiveFeed>
        </div>
      </ForTenant>
    </ViewerContext>
  )
}

/** Gives the page the tenant that it is about. While another one is on its way, it stays about the one before. */
function ForTenant({ viewer, children }: { readonly viewer: Viewer; readonly children: ReactNode }) {
  const [chosen] = useView(search => textIn(search, 'tenant'))
  const id = viewer.kind === 'OPERATOR' ? chosen : undefined
  const { data, error, isLoading } = useRead(SHOWN_TENANT, { id: id ?? '' }, { isPaused: id === undefined, isKept: true })
  const found = id === undefined ? viewer.tenant : data?.tenant
  const isKnown = id === undefined || found?.id === id || error !== undefined || (data?.tenant === null && !isLoading)
  const shown = useMemo(
    (): ShownTenant => ({
      tenantId: viewer.kind === 'OPERATOR' ? id : viewer.tenant?.id,
      timeZone: found?.timeZone ?? 'UTC',
      currency: found?.currency ?? 'USD',
    }),
    [viewer, id, found],
  )
  const known = useRef<ShownTenant>(undefined)
  if (isKnown) known.current = shown
  // Without its time zone, a page would ask for days that are not the tenant's, and then once more.
  return known.current === undefined ? <Loading what="Loading the dashboard" /> : <TenantContext value={known.current}>{children}</TenantContext>
}

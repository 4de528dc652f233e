import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { SignInPage } from '../session/sign-in-page.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Home } from './home.tsx'
import { IfOpen } from './if-open.tsx'
import { NotFound } from './not-found.tsx'
import { PAGES } from './pages.ts'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage })

/** Everything that only the signed-in see. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home })

const pages = PAGES.map(({ load, ...page }) =>
  createRoute({
    getParentRoute: () => shell,
    path: page.path,
    component: lazyRouteComponent(async () => {
      const { Page } = await load()
      return { default: () => <IfOpen page={page} then={Page} /> }
    }, 'default'),
  }),
)

/** Creates the router of the dashboard. */
export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([signIn, shell.addChildren([home, ...pages])]),
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ({ error, reset }) => <Failed error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />,
    scrollRestoration: true,
  })
}

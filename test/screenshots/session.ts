import type { Browser, Page } from 'playwright-core'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import type { Look } from './looks.ts'

/** A page of a browser that an operator is signed in with. */
export interface Session extends AsyncDisposable {
  readonly page: Page
}

/** Signs an operator in, in a browser with this look. */
export async function openSession(browser: Browser, url: string, { theme, size }: Look): Promise<Session> {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('Key').fill(OPERATOR_KEY)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
  return { page, [Symbol.asyncDispose]: () => context.close() }
}

/** Queries that the frame of every page needs. The others are what the page itself shows. */
const OF_FRAME = /\b(?:Viewer|TenantChoices|ShownTenant)\b/

/** Lets the server never answer what a page asks for. */
export async function hangEverything(page: Page): Promise<void> {
  await page.route('**/graphql', async route => {
    if (OF_FRAME.test(route.request().postData() ?? '')) await route.continue()
  })
}

/** Answers what a page asks for with an error. */
export async function failEverything(page: Page): Promise<void> {
  const error = { message: 'The database cannot be reached. Try again in a moment.', extensions: { code: 'UNAVAILABLE' } }
  await page.route('**/graphql', async route => {
    if (OF_FRAME.test(route.request().postData() ?? '')) await route.continue()
    else await route.fulfill({ json: { errors: [error] } })
  })
}

/** Waits until a page shows what it will show; while it loads, until it says so. */
export async function settled(page: Page, isLoading: boolean): Promise<void> {
  await page.locator('main h1, main [role=status]').first().waitFor()
  if (isLoading) return
  await page.waitForLoadState('networkidle')
  // Documents, such as the preview of an invoice.
  for (const frame of page.frames().slice(1)) {
    await frame.waitForURL(/^http/)
    await frame.waitForLoadState('load')
    // What was never in sight is not painted.
    await (await frame.frameElement()).scrollIntoViewIfNeeded()
  }
}

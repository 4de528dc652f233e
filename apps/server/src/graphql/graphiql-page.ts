import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { WELCOME_DOCUMENT } from './welcome-document.ts'

/** Options of GraphiQL. */
export const GRAPHIQL = { title: 'Tollgate', defaultQuery: WELCOME_DOCUMENT, defaultHeaders: '{\n  "Authorization": "Bearer "\n}' }

/** The page of GraphiQL, with the policy for its parts: its own scripts run, and it reads from this server only. */
export interface GraphiQLPage {
  readonly html: Buffer
  readonly contentSecurityPolicy: string
}

let page: Promise<GraphiQLPage> | undefined

/** Returns the page of GraphiQL. It has nine megabytes, so it is rendered when it is first opened, and all who open it share it: it needs no key. */
export function graphiQLPage(): Promise<GraphiQLPage> {
  page ??= render()
  return page
}

/** Returns whether a request is for the page, and not for the result of an operation. */
export function asksForGraphiQL({ method, headers: { accept = '' } }: IncomingMessage): boolean {
  return method === 'GET' && accept.includes('text/html')
}

async function render(): Promise<GraphiQLPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL(GRAPHIQL)
  return { html: Buffer.from(html), contentSecurityPolicy: policyFor(html) }
}

/** The editor of GraphiQL sets styles of its own, and starts workers from scripts that it has made. */
function policyFor(html: string): string {
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => `'sha256-${hash('sha256', script, 'base64')}'`)
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob: data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

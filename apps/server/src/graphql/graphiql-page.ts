import type { IncomingMessage } from 'node:http'
import { WELCOME_DOCUMENT } from './welcome-document.ts'

/** Options of GraphiQL. */
export const GRAPHIQL = { title: 'Tollgate', defaultQuery: WELCOME_DOCUMENT, defaultHeaders: '{\n  "Authorization": "Bearer "\n}' }

let page: Promise<Buffer> | undefined

/** Returns the page of GraphiQL. It has nine megabytes, so it is rendered when it is first opened, and all who open it share it: it needs no key. */
export function graphiQLPage(): Promise<Buffer> {
  page ??= render()
  return page
}

/** Returns whether a request is for the page, and not for the result of an operation. */
export function asksForGraphiQL({ method, headers: { accept = '' } }: IncomingMessage): boolean {
  return method === 'GET' && accept.includes('text/html')
}

async function render(): Promise<Buffer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  return Buffer.from(renderGraphiQL(GRAPHIQL))
}

import { gql as apolloGql } from '@apollo/client'
import { Client, fetchExchange, gql } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { expect, it } from 'vitest'
import { cacheKeys } from '@tollgate/graphql'
import { createApolloClient } from './apollo-client.ts'

const QUOTAS = '{ quotaStatus { id quotas { id used limit percentage } } }'
const SET = `mutation { setQuota(input: { tenantId: "acme", metric: TOKENS, window: DAY, limit: "50" }) {
  __typename ... on SetQuotaPayload { quota { id used limit percentage } } } }`
const ADD = `mutation { setQuota(input: { tenantId: "acme", metric: REQUESTS, window: DAY, limit: "5" }) {
  __typename ... on SetQuotaPayload { status { id quotas { id used limit percentage } } } } }`

const quota = (id: string, limit: string) => ({ __typename: 'Quota', id, used: '40', limit, percentage: String(4_000 / Number(limit)) })
const status = (...quotas: readonly object[]) => ({ __typename: 'QuotaStatus', id: 'quotas/acme', quotas })

/** Answers as the server does, and counts the queries. */
function answering() {
  const asked = { queries: 0 }
  const fetch = async (_url: unknown, { body }: { body?: unknown } = {}) => {
    const { query } = JSON.parse(String(body)) as { query: string }
    if (!query.includes('mutation')) asked.queries += 1
    const changed = {
      __typename: 'SetQuotaPayload',
      ...(query.includes('REQUESTS') ? { status: status(quota('t', '50'), quota('r', '5')) } : { quota: quota('t', '50') }),
    }
    const data = query.includes('mutation') ? { setQuota: changed } : { quotaStatus: status(quota('t', '100')) }
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } })
  }
  return { asked, fetch: fetch as typeof globalThis.fetch }
}

it('updates in place in the cache of urql, without a refetch, as does the list of quotas', async () => {
  const { asked, fetch } = answering()
  const client = new Client({ url: 'http://localhost/graphql', preferGetMethod: false, fetch, exchanges: [cacheExchange({ keys: cacheKeys }), fetchExchange] })
  const limits: string[][] = []
  const { unsubscribe } = client
    .query(gql(QUOTAS), {})
    .subscribe(({ data }) => void limits.push(data.quotaStatus.quotas.map((one: { limit: string }) => one.limit)))
  await expect.poll(() => limits).toEqual([['100']])
  await client.mutation(gql(SET), {}).toPromise()
  await client.mutation(gql(ADD), {}).toPromise()
  unsubscribe()
  expect([limits, asked.queries]).toEqual([[['100'], ['50'], ['50', '5']], 1])
})

it('updates in place in the cache of Apollo, without a refetch, as does the list of quotas', async () => {
  const { asked, fetch } = answering()
  const client = createApolloClient({ url: 'http://localhost/graphql', currentToken: () => 'token', fetch })
  const limits: string[][] = []
  const watched = client.watchQuery<{ quotaStatus: { quotas: { limit: string }[] } }>({ query: apolloGql(QUOTAS) })
  const subscription = watched.subscribe(({ data, dataState }) => {
    if (dataState === 'complete') limits.push(data.quotaStatus.quotas.map(one => one.limit))
  })
  await expect.poll(() => limits).toEqual([['100']])
  await client.mutate({ mutation: apolloGql(SET) })
  await client.mutate({ mutation: apolloGql(ADD) })
  subscription.unsubscribe()
  expect([limits, asked.queries]).toEqual([[['100'], ['50'], ['50', '5']], 1])
})

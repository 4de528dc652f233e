import { expect, it } from 'vitest'
import { unknownVariables } from './unknown-variables.ts'

const KNOWN = ['PORT', 'DATABASE_URL', 'TOLLGATE_DRAIN_SECONDS', 'TOLLGATE_READ_CONNECTIONS']

it.each([
  { set: { TOLLGATE_DRAIN_SECOND: '5' }, nearest: 'TOLLGATE_DRAIN_SECONDS' },
  { set: { TOLLGATE_REDA_CONECTIONS: '5' }, nearest: 'TOLLGATE_READ_CONNECTIONS' },
  { set: { TOLLGATE_PORT: '4000' }, nearest: 'PORT' },
  { set: { TOLLGATE_DATABASE_URL: 'postgres://db' }, nearest: 'DATABASE_URL' },
  { set: { TOLLGATE_SOMETHING_ELSE: '1' }, nearest: undefined },
])('suggests $nearest for $set', ({ set, nearest }) => {
  expect(unknownVariables(set, KNOWN)).toEqual([{ name: Object.keys(set)[0], nearest }])
})

it('ignores settings, variables of clients and other programs, and those that Kubernetes sets for a service', () => {
  const others = { TOLLGATE_DRAIN_SECONDS: '5', PATH: '/bin', TOLLGATE_URL: 'http://localhost', TOLLGATE_API_KEY: 'tg_' }
  const ofKubernetes = { TOLLGATE_PORT: 'tcp://10.0.0.1:80', TOLLGATE_SERVICE_HOST: '10.0.0.1', TOLLGATE_PORT_80_TCP_ADDR: '10.0.0.1' }
  expect(unknownVariables({ ...others, ...ofKubernetes }, KNOWN)).toEqual([])
})

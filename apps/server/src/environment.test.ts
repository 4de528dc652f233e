import { describe, expect, it } from 'vitest'
import { BadEnvironment, readEnvironment } from './environment.ts'

describe('readEnvironment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({})).toMatchObject({ port: 4000, databaseUrl: undefined, operatorKey: undefined, demo: false, fastPath: true })
  })

  it('treats an empty variable as unset', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', TOLLGATE_OPERATOR_KEY: '' })).toEqual(readEnvironment({}))
  })

  it('turns the fast path of GraphQL off on request', () => {
    expect(readEnvironment({ TOLLGATE_FAST_PATH: '0' }).fastPath).toBe(false)
  })

  it('turns introspection and GraphiQL off in production, unless they are switched on', () => {
    const read = (set: Record<string, string>) => {
      const { introspection, graphiql } = readEnvironment(set)
      return [introspection, graphiql]
    }
    expect(read({})).toEqual([true, true])
    expect(read({ NODE_ENV: 'development' })).toEqual([true, true])
    expect(read({ NODE_ENV: 'production' })).toEqual([false, false])
    expect(read({ NODE_ENV: 'production', TOLLGATE_INTROSPECTION: '1' })).toEqual([true, false])
    expect(read({ NODE_ENV: 'production', TOLLGATE_GRAPHIQL: '1' })).toEqual([false, true])
    expect(read({ TOLLGATE_INTROSPECTION: '0', TOLLGATE_GRAPHIQL: '0' })).toEqual([false, false])
  })

  it.each([
    'https://prices.example/manifest.json',
    'http://127.0.0.1:8080/m.json',
    'http://localhost/m.json',
    'http://[::1]/m.json',
    'file:///srv/prices/m.json',
  ])('takes a price feed from %s, with several keys', url => {
    const [one, two] = ['A', 'B'].map(letter => `${letter.repeat(43)}=`)
    const read = readEnvironment({ TOLLGATE_PRICES_URL: url, TOLLGATE_PRICES_PUBLIC_KEY: `${one}, ${two}` })
    expect([read.pricesUrl, read.pricesPublicKeys]).toEqual([url, [one, two]])
  })

  it('reads the allowed origins, and refuses what is not an origin', () => {
    const read = (origins: string) => readEnvironment({ TOLLGATE_ALLOWED_ORIGINS: origins }).allowedOrigins
    expect(read('https://shop.example, http://localhost:3000')).toEqual(['https://shop.example', 'http://localhost:3000'])
    for (const bad of ['shop.example', 'https://shop.example/', 'https://shop.example,*']) expect(() => read(bad)).toThrow('must be origins')
  })

  it('reads the trusted proxies, and refuses what is not an address or a network', () => {
    const proxies = readEnvironment({ TOLLGATE_TRUSTED_PROXIES: '10.0.0.7, 10.1.0.0/16, 2001:db8::/32' }).trustedProxies
    expect(['10.0.0.7', '10.0.0.8', '10.1.2.3'].map(address => proxies?.check(address, 'ipv4'))).toEqual([true, false, true])
    expect(['2001:db8::7', '2001:db9::7'].map(address => proxies?.check(address, 'ipv6'))).toEqual([true, false])
    for (const bad of ['proxy', '10.0.0.7,', '10.0.0.0/33', '10.0.0.0/8/8', '*', '10.0.0']) {
      expect(() => readEnvironment({ TOLLGATE_TRUSTED_PROXIES: bad }), bad).toThrow('must be addresses and networks')
    }
  })

  it('makes the data directory absolute', () => {
    expect(readEnvironment({ TOLLGATE_DATA_DIR: '/var/lib/tollgate' }).dataDirectory).toBe('/var/lib/tollgate')
    expect(readEnvironment({}).dataDirectory).toBe(`${process.cwd()}/.tollgate`)
  })

  it.each([
    { set: { PORT: 'http' }, says: 'PORT must be a whole number from 0 to 65535.' },
    { set: { PORT: '65536' }, says: 'PORT must be a whole number from 0 to 65535.' },
    { set: { PORT: '-1' }, says: 'PORT must be a whole number from 0 to 65535.' },
    { set: { DATABASE_URL: 'mysql://a@b/c' }, says: /^DATABASE_URL must be a PostgreSQL URL/ },
    { set: { DATABASE_URL: 'localhost' }, says: /^DATABASE_URL must be a PostgreSQL URL/ },
    { set: { TOLLGATE_MIGRATIONS_URL: 'localhost' }, says: /^TOLLGATE_MIGRATIONS_URL must be a PostgreSQL URL/ },
    { set: { TOLLGATE_MIGRATIONS_URL: 'postgres://owner@db/metering' }, says: /^TOLLGATE_MIGRATIONS_URL needs DATABASE_URL/ },
    { set: { TOLLGATE_MIGRATION_WAIT_SECONDS: '0' }, says: /^TOLLGATE_MIGRATION_WAIT_SECONDS must be/ },
    { set: { TOLLGATE_PREPARED_STATEMENTS: 'no' }, says: /^TOLLGATE_PREPARED_STATEMENTS must be 1 or 0/ },
    { set: { TOLLGATE_OPERATOR_KEY: 'fifteen-letters' }, says: 'TOLLGATE_OPERATOR_KEY must have at least 16 characters.' },
    { set: { TOLLGATE_OPERATOR_KEY: 'sixteen letters and spaces' }, says: /^TOLLGATE_OPERATOR_KEY must be printable ASCII/ },
    { set: { TOLLGATE_DEMO: 'please' }, says: 'TOLLGATE_DEMO must be 1 or 0.' },
    { set: { TOLLGATE_PERSISTED_ONLY: '1' }, says: /^TOLLGATE_PERSISTED_ONLY needs TOLLGATE_PERSISTED_OPERATIONS/ },
    { set: { LOG_LEVEL: 'loud' }, says: /^LOG_LEVEL must be one of fatal, error/ },
    { set: { TOLLGATE_WEBHOOK_ALLOW_PRIVATE: 'yes' }, says: 'TOLLGATE_WEBHOOK_ALLOW_PRIVATE must be 1 or 0.' },
    {
      set: { TOLLGATE_WEBHOOK_RETRY_SECONDS: '5, 10' },
      says: 'TOLLGATE_WEBHOOK_RETRY_SECONDS must be 1 to 20 whole numbers of seconds separated by commas, such as 5,300,1800.',
    },
    { set: { TOLLGATE_PRICES_URL: 'http://prices.example/manifest.json' }, says: /^TOLLGATE_PRICES_URL must be an https or file URL/ },
    { set: { TOLLGATE_PRICES_URL: 'https://u:hunter2@prices.example/m.json' }, says: /without a password/ },
    { set: { TOLLGATE_PRICES_URL: 'https://prices.example/m.json' }, says: /^TOLLGATE_PRICES_PUBLIC_KEY is required with TOLLGATE_PRICES_URL/ },
    { set: { TOLLGATE_PRICES_PUBLIC_KEY: 'abc' }, says: /^TOLLGATE_PRICES_PUBLIC_KEY must be Ed25519 keys of 32 bytes in base64/ },
    { set: { TOLLGATE_POOL_SIZE: '1' }, says: 'TOLLGATE_POOL_SIZE must be a whole number from 2 to 400.' },
  ])('names the variable and says what it must be: $set', ({ set, says }) => {
    expect(() => readEnvironment(set)).toThrow(BadEnvironment)
    expect(() => readEnvironment(set)).toThrow(says)
  })

  it('names every invalid variable at once, and never the value of a secret', () => {
    const message = messageOf({ PORT: 'x', DATABASE_URL: 'mysql://u:hunter2@h/d', TOLLGATE_OPERATOR_KEY: 'short' })
    expect(message.split('\n').map(line => line.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'TOLLGATE_OPERATOR_KEY'])
    expect(message).not.toMatch(/hunter2|short/)
  })
})

function messageOf(set: Record<string, string>): string {
  try {
    readEnvironment(set)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('The environment was accepted')
}

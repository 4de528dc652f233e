import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { textArray } from './column-array.ts'
import { inScope, pageInScope, statementValues } from './statement.ts'

describe('statementValues', () => {
  it('numbers parameters in the order in which they are added', () => {
    const statement = statementValues()
    expect([statement.add('a'), statement.add(null)]).toEqual(['$1', '$2'])
    expect(statement.values).toEqual(['a', null])
  })
})

describe('inScope', () => {
  it('limits a statement to the tenants of the scope', () => {
    const statement = statementValues()
    statement.add('earlier')
    expect(inScope(tenantScope('acme', 'globex'), statement)).toBe('tenant_id = any ($2::text[])')
    expect(statement.values).toEqual(['earlier', textArray(['acme', 'globex'])])
  })

  it('does not limit an operator', () => {
    const statement = statementValues()
    expect(inScope(OPERATOR_SCOPE, statement)).toBe('true')
    expect(statement.values).toEqual([])
  })
})

describe('pageInScope', () => {
  it('orders by the tenant too, if it is one', () => {
    const statement = statementValues()
    expect(pageInScope(tenantScope('acme'), statement, 'id desc')).toEqual({
      condition: 'tenant_id >= $1::text and tenant_id <= $1::text',
      order: 'tenant_id desc, id desc',
    })
    expect(pageInScope(tenantScope('acme'), statement, 'cursor asc').order).toBe('tenant_id asc, cursor asc')
    expect(statement.values).toEqual(['acme', 'acme'])
  })

  it('orders several tenants, and those of an operator, together', () => {
    const statement = statementValues()
    expect(pageInScope(tenantScope('acme', 'globex'), statement, 'id desc')).toEqual({ condition: 'tenant_id = any ($1::text[])', order: 'id desc' })
    expect(pageInScope(OPERATOR_SCOPE, statement, 'id desc')).toEqual({ condition: 'true', order: 'id desc' })
  })
})

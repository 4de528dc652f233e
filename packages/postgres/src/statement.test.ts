import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { textArray } from './column-array.ts'
import { inScope, statementValues } from './statement.ts'

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

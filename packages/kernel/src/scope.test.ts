import { expect, it } from 'vitest'
import { OPERATOR_SCOPE, scopeIncludes, tenantScope } from './scope.ts'

it.each([
  [OPERATOR_SCOPE, 'acme', true],
  [tenantScope('acme'), 'acme', true],
  [tenantScope('acme', 'globex'), 'globex', true],
  [tenantScope('acme'), 'globex', false],
  [tenantScope('acme'), 'Acme', false],
  [tenantScope(), 'acme', false],
  [tenantScope('*'), 'acme', false],
])('%j includes %s: %s', (scope, tenantId, included) => {
  expect(scopeIncludes(scope, tenantId)).toBe(included)
})

import { expect, it } from 'vitest'
import { customerScope, OPERATOR_SCOPE, scopeIncludes, scopeIncludesShared, tenantScope } from './scope.ts'

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

it.each([
  [customerScope('acme', 'ada'), 'ada', true],
  [customerScope('acme', 'ada'), 'bob', false],
  [customerScope('acme', 'ada'), undefined, false],
  [customerScope('globex', 'ada'), 'ada', false],
  [tenantScope('acme'), 'ada', true],
  [OPERATOR_SCOPE, 'ada', true],
])('%j includes the customer %s of acme: %s', (scope, customerId, included) => {
  expect(scopeIncludes(scope, 'acme', customerId)).toBe(included)
})

it.each([
  [OPERATOR_SCOPE, true],
  [tenantScope('acme'), true],
  [tenantScope(), false],
  [customerScope('acme', 'ada'), false],
])('%j includes what all tenants share: %s', (scope, included) => {
  expect(scopeIncludesShared(scope)).toBe(included)
})

import { readFile } from 'node:fs/promises'
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType, isUnionType } from 'graphql'
import { expect, it } from 'vitest'
import { printSchemaText, SCHEMA_FILE } from './schema-text.ts'
import { schema } from './schema.ts'

it('is committed in schema.graphql (print it with "npm run schema")', async () => {
  expect(await readFile(SCHEMA_FILE, 'utf8')).toBe(printSchemaText())
})

it('describes every type, field, argument and enum value', () => {
  const bare: string[] = []
  const check = (place: string, { description }: { description?: string | null | undefined }) => {
    if ((description ?? '').trim() === '') bare.push(place)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    check(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field)
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field)
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name}:)`, argument)
      }
    }
  }
  expect(bare).toEqual([])
})

it('returns a union of a payload and errors from every mutation', () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const union = getNamedType(field.type)
    const members = isUnionType(union) ? union.getTypes() : []
    const failures = members.filter(member => member.getInterfaces().some(({ name }) => name === 'Error')).map(({ name }) => name)
    const payload = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}Payload`
    expect(new Set(members.map(({ name }) => name))).toEqual(new Set([payload, ...failures]))
    expect(failures).toEqual(expect.arrayContaining(['ForbiddenError', 'InvalidInputError']))
  }
})

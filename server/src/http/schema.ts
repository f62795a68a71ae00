import { Type } from '@sinclair/typebox'
import type { TSchema } from '@sinclair/typebox'

/**
 * Building blocks for request bodies. They forgive as the reference does: a missing or `null` field counts as its
 * zero value, unknown fields are ignored; a wrong type is an error.
 */
const orNull = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

export const OptionalString = orNull(Type.String())
export const OptionalInteger = orNull(Type.Integer())
export const OptionalNumber = orNull(Type.Number())
export const OptionalBoolean = orNull(Type.Boolean())
export const OptionalStringMap = orNull(Type.Record(Type.String(), Type.String()))
export const OptionalAnyMap = orNull(Type.Record(Type.String(), Type.Unknown()))
export const OptionalStrings = orNull(Type.Array(Type.String()))
export const optional = orNull

/** An id: 26 letters or digits. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9]{26}$' })
/** A list of strings, as many bodies are; see `uniqueSorted`. */
export const Strings = Type.Array(Type.String())
export const Ids = Type.Array(Id)

/** Body lists are de-duplicated and sorted before use, as in the reference; an empty one is an error there. */
export function uniqueSorted(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted()
}

import { Type } from '@sinclair/typebox'
import { OptionalBoolean, OptionalString, OptionalStrings } from '../http/schema.ts'

const texts = { name: OptionalString, display_name: OptionalString, description: OptionalString }

export const NewGroupBody = Type.Object({
  ...texts,
  source: OptionalString,
  remote_id: OptionalString,
  allow_reference: OptionalBoolean,
  user_ids: OptionalStrings,
})

export const GroupPatchBody = Type.Object({ ...texts, allow_reference: OptionalBoolean })

export const MembersBody = Type.Object({ user_ids: Type.Array(Type.String()) })

export const LinkBody = Type.Object({ auto_add: OptionalBoolean, scheme_admin: OptionalBoolean })

import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import {
  Id,
  OptionalBoolean,
  OptionalInteger,
  OptionalString,
  OptionalStringMap,
  OptionalStrings,
  Strings,
} from '../http/schema.ts'

const profile = {
  nickname: OptionalString,
  first_name: OptionalString,
  last_name: OptionalString,
  position: OptionalString,
  locale: OptionalString,
  timezone: OptionalStringMap,
  props: OptionalStringMap,
  notify_props: OptionalStringMap,
}

/** A new account. What is not listed here (roles, ids, times) is the server's to say. */
export const NewUserBody = Type.Object({
  ...profile,
  email: OptionalString,
  username: OptionalString,
  password: OptionalString,
  // Only administrators set these; from others they are ignored.
  auth_service: OptionalString,
  auth_data: OptionalString,
  email_verified: OptionalBoolean,
})
export type NewUserDraft = Static<typeof NewUserBody>

/** The whole of a profile: text fields that are missing become empty. */
export const UpdateUserBody = Type.Object({
  ...profile,
  id: OptionalString,
  email: OptionalString,
  username: OptionalString,
  password: OptionalString,
})
export type UserUpdate = Static<typeof UpdateUserBody>

/** Parts of a profile: what is missing stays. */
export const PatchUserBody = Type.Object({
  ...profile,
  email: OptionalString,
  username: OptionalString,
  password: OptionalString,
})
export type UserPatch = Static<typeof PatchUserBody>

export const RolesBody = Type.Object({ roles: Type.String() })
export const ActiveBody = Type.Object({ active: Type.Boolean() })
export const AuthBody = Type.Object({ auth_service: OptionalString, auth_data: OptionalString })
export const TypingBody = Type.Object({ channel_id: Id, parent_id: OptionalString })
export const ListBody = Strings

/** What `POST /users/search` takes. */
export const SearchBody = Type.Object({
  term: OptionalString,
  team_id: OptionalString,
  not_in_team_id: OptionalString,
  in_channel_id: OptionalString,
  not_in_channel_id: OptionalString,
  in_group_id: OptionalString,
  not_in_group_id: OptionalString,
  group_constrained: OptionalBoolean,
  allow_inactive: OptionalBoolean,
  without_team: OptionalBoolean,
  limit: OptionalInteger,
  role: OptionalString,
  roles: OptionalStrings,
  channel_roles: OptionalStrings,
  team_roles: OptionalStrings,
})
export type UserSearch = Static<typeof SearchBody>

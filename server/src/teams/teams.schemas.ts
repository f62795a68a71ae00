import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { optional, OptionalBoolean, OptionalInteger, OptionalString, OptionalStrings } from '../http/schema.ts'

/** A whole team as clients send it; what only the server may say is not read. */
export const TeamBody = Type.Object({
  id: OptionalString,
  name: OptionalString,
  display_name: OptionalString,
  description: OptionalString,
  email: OptionalString,
  type: OptionalString,
  company_name: OptionalString,
  allowed_domains: OptionalString,
  allow_open_invite: OptionalBoolean,
  scheme_id: OptionalString,
  group_constrained: OptionalBoolean,
})
export type TeamDraft = Static<typeof TeamBody>

/** Only the fields that are to change; null counts as not named. */
export const TeamPatchBody = Type.Object({
  display_name: OptionalString,
  description: OptionalString,
  company_name: OptionalString,
  allowed_domains: OptionalString,
  allow_open_invite: OptionalBoolean,
  group_constrained: OptionalBoolean,
  cloud_limits_archived: OptionalBoolean,
})
export type TeamPatch = Static<typeof TeamPatchBody>

export const PrivacyBody = Type.Object({ privacy: Type.Union([Type.Literal('O'), Type.Literal('I')]) })
export const SchemeBody = Type.Object({ scheme_id: OptionalString })

export const TeamSearchBody = Type.Object({
  term: OptionalString,
  page: OptionalInteger,
  per_page: OptionalInteger,
  allow_open_invite: OptionalBoolean,
  group_constrained: OptionalBoolean,
  include_group_constrained: OptionalBoolean,
  exclude_policy_constrained: OptionalBoolean,
})
export type TeamSearch = Static<typeof TeamSearchBody>

export const MemberBody = Type.Object({ team_id: OptionalString, user_id: OptionalString })
export const MembersBody = Type.Array(MemberBody)
export const RolesBody = Type.Object({ roles: Type.String() })
export const SchemeRolesBody = Type.Object({
  scheme_admin: OptionalBoolean,
  scheme_user: OptionalBoolean,
  scheme_guest: OptionalBoolean,
})

/** Addresses alone, as old clients send them, or with channels and a text. */
export const MemberInviteBody = Type.Union([
  Type.Array(Type.String()),
  Type.Object({ emails: OptionalStrings, channelIds: OptionalStrings, message: OptionalString }),
])
export type MemberInvite = Static<typeof MemberInviteBody>

export const GuestsInviteBody = Type.Object({
  emails: OptionalStrings,
  channels: OptionalStrings,
  message: optional(Type.String()),
})
export type GuestsInvite = Static<typeof GuestsInviteBody>

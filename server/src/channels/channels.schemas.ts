import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { OptionalBoolean, OptionalInteger, OptionalString, OptionalStrings, Strings, optional } from '../http/schema.ts'

export const NewChannelBody = Type.Object({
  team_id: OptionalString,
  name: OptionalString,
  display_name: OptionalString,
  purpose: OptionalString,
  header: OptionalString,
  type: OptionalString,
})
export type ChannelDraft = Static<typeof NewChannelBody>

export const UpdateChannelBody = Type.Object({
  id: OptionalString,
  name: OptionalString,
  display_name: OptionalString,
  purpose: OptionalString,
  header: OptionalString,
  type: OptionalString,
  group_constrained: OptionalBoolean,
})
export type ChannelUpdate = Static<typeof UpdateChannelBody>

const BannerPatch = Type.Object({
  enabled: OptionalBoolean,
  text: OptionalString,
  background_color: OptionalString,
})

export const PatchChannelBody = Type.Object({
  name: OptionalString,
  display_name: OptionalString,
  purpose: OptionalString,
  header: OptionalString,
  group_constrained: OptionalBoolean,
  banner_info: optional(BannerPatch),
})
export type ChannelPatch = Static<typeof PatchChannelBody>

export const PrivacyBody = Type.Object({ privacy: OptionalString })
export const MoveBody = Type.Object({ team_id: OptionalString, force: OptionalBoolean })
export const SchemeBody = Type.Object({ scheme_id: OptionalString })
export const ConvertGroupBody = Type.Object({
  channel_id: OptionalString,
  team_id: OptionalString,
  name: OptionalString,
  display_name: OptionalString,
})
export type GroupConversion = Static<typeof ConvertGroupBody>

export const StringList = Strings
export const AddMembersBody = Type.Object({
  user_id: OptionalString,
  user_ids: OptionalStrings,
  post_root_id: OptionalString,
})
export type MembersToAdd = Static<typeof AddMembersBody>
export const RolesBody = Type.Object({ roles: OptionalString })
export const SchemeRolesBody = Type.Object({
  scheme_admin: OptionalBoolean,
  scheme_user: OptionalBoolean,
  scheme_guest: OptionalBoolean,
})
export type SchemeRolesChange = Static<typeof SchemeRolesBody>
export const NotifyPropsBody = Type.Record(Type.String(), Type.String())

export const ViewBody = Type.Object({
  channel_id: OptionalString,
  prev_channel_id: OptionalString,
  collapsed_threads_supported: OptionalBoolean,
})
export type ChannelView = Static<typeof ViewBody>

export const ModerationsBody = Type.Array(
  Type.Object({
    name: OptionalString,
    roles: optional(Type.Object({ guests: OptionalBoolean, members: OptionalBoolean })),
  }),
)
export type ModerationPatch = Static<typeof ModerationsBody>[number]

export const TermBody = Type.Object({ term: OptionalString })
export const SearchBody = Type.Object({
  term: OptionalString,
  not_associated_to_group: OptionalString,
  exclude_default_channels: OptionalBoolean,
  team_ids: OptionalStrings,
  group_constrained: OptionalBoolean,
  exclude_group_constrained: OptionalBoolean,
  public: OptionalBoolean,
  private: OptionalBoolean,
  include_deleted: OptionalBoolean,
  deleted: OptionalBoolean,
  include_search_by_id: OptionalBoolean,
  page: OptionalInteger,
  per_page: OptionalInteger,
})
export type ChannelSearch = Static<typeof SearchBody>

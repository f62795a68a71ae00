/** A group of users as clients know it. Times in ms. */
export interface Group {
  readonly id: string
  /** what people write after @; null for a group of a directory that cannot be mentioned */
  readonly name: string | null
  readonly display_name: string
  readonly description: string
  /** `custom` for groups that people made, else the directory they come from */
  readonly source: string
  readonly remote_id: string | null
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly has_syncables: boolean
  readonly member_count?: number | null
  readonly allow_reference: boolean
  readonly channel_member_count?: number | null
  readonly channel_member_timezones_count?: number | null
  readonly member_ids: readonly string[] | null
}

export interface GroupWithSchemeAdmin extends Group {
  readonly scheme_admin?: boolean | null
}

export interface GroupMember {
  readonly group_id: string
  readonly user_id: string
  readonly create_at: number
  readonly delete_at: number
}

/** A link that adds the people of a directory's group to a team or channel. */
export interface GroupSyncable {
  readonly group_id: string
  readonly team_id?: string
  readonly channel_id?: string
  readonly team_display_name?: string
  readonly team_type?: string
  readonly channel_display_name?: string
  readonly channel_type?: string
  readonly type?: string
  readonly auto_add: boolean
  readonly scheme_admin: boolean
  readonly create_at: number
  readonly delete_at: number
  readonly update_at: number
}

export const CUSTOM = 'custom'

/** Names that mean something else behind an @. */
const RESERVED = new Set(['all', 'channel', 'here'])

/** Form of a group's name: what can be written after @. */
export const isGroupName = (name: string): boolean => /^[a-z0-9._-]{1,64}$/.test(name) && !RESERVED.has(name)

import type { Static } from '@sinclair/typebox'
import { Type } from '@sinclair/typebox'
import { OptionalBoolean, OptionalString, OptionalStrings } from '../http/schema.ts'

export type CategoryType = 'favorites' | 'channels' | 'direct_messages' | 'custom'
export type CategorySorting = '' | 'alpha' | 'recent' | 'manual'

/** One heading of a person's sidebar in one team. */
export interface Category {
  readonly id: string
  readonly user_id: string
  readonly team_id: string
  /** steps of 10 */
  readonly sort_order: number
  readonly sorting: CategorySorting
  readonly type: CategoryType
  readonly display_name: string
  readonly muted: boolean
  readonly collapsed: boolean
}

export type CategoryWithChannels = Category & { readonly channel_ids: readonly string[] }

/** A whole sidebar as clients load it. */
export interface OrderedCategories {
  readonly categories: readonly CategoryWithChannels[]
  readonly order: readonly string[]
}

export const SORTINGS: readonly string[] = ['', 'alpha', 'recent', 'manual']
export const ORDER_STEP = 10

export const CategoryBody = Type.Object({
  id: OptionalString,
  user_id: OptionalString,
  team_id: OptionalString,
  display_name: OptionalString,
  type: OptionalString,
  sorting: OptionalString,
  muted: OptionalBoolean,
  collapsed: OptionalBoolean,
  channel_ids: OptionalStrings,
})

export type SentCategory = Static<typeof CategoryBody>

/** Ids of the categories that every sidebar has. */
export const builtInId = (type: Exclude<CategoryType, 'custom'>, userId: string, teamId: string): string =>
  `${type}_${userId}_${teamId}`

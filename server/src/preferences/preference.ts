/** One setting of one person, kept by clients for themselves; unknown ones are kept and returned as they are. */
export interface Preference {
  readonly user_id: string
  readonly category: string
  readonly name: string
  readonly value: string
}

/** Channels with this preference stand in the favourites category, and the other way round. */
export const FAVORITE_CHANNEL = 'favorite_channel'
/** A saved post; the name is its id. */
export const FLAGGED_POST = 'flagged_post'

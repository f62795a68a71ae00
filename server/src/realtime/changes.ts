import type { Post } from '../posts/post.ts'
import type { Reaction } from '../reactions/reaction.ts'

/**
 * What a committed transaction changed that some cache holds. Every process drops the named entries before it
 * delivers the events of the same transaction, so that nobody hears of what he may no longer see.
 */
export type CacheChange =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'sessions'; readonly userId: string }
  | { readonly kind: 'session'; readonly token: string; readonly userId: string }
  | { readonly kind: 'team'; readonly teamId: string }
  | { readonly kind: 'channel'; readonly channelId: string }
  | { readonly kind: 'teamMember'; readonly teamId: string; readonly userId: string; readonly present: boolean }
  | { readonly kind: 'channelMember'; readonly channelId: string; readonly userId: string; readonly present: boolean }
  /** posts made, edited or deleted: the search index follows */
  | { readonly kind: 'posts'; readonly ids: readonly string[] }
  /**
   * what a channel's list shows of posts (of their reactions and acknowledgements, too); `created` are new ones as
   * they are stored, with nothing beside their own row; `reacted` are new reactions with system emojis, which need not
   * be named among the ids
   */
  | {
      readonly kind: 'channelPosts'
      readonly channelId: string
      readonly ids: readonly string[]
      readonly created?: readonly Post[]
      readonly reacted?: readonly Reaction[]
    }
  | { readonly kind: 'roles' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'emoji' }
  | { readonly kind: 'preferences'; readonly userId: string }
  /** a draft was made or has become a post */
  | { readonly kind: 'drafts'; readonly userId: string }
  /** new terms of service were published */
  | { readonly kind: 'termsOfService' }
  | { readonly kind: 'everything' }

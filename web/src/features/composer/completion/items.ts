import type { Group, User } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'

/** Something that a word can be completed to. */
export type Item =
  | { readonly kind: 'user'; readonly user: User; readonly isMember: boolean }
  | { readonly kind: 'everyone'; readonly name: 'here' | 'channel' | 'all' }
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'channel'; readonly channel: ChannelHit; readonly isMine: boolean }
  | { readonly kind: 'emoji'; readonly name: string; readonly url: string | null; readonly label: string }
  | {
      readonly kind: 'command'
      /** what takes the place of the whole text */
      readonly text: string
      readonly shown: string
      readonly hint: string
      readonly description: string
    }
  | { readonly kind: 'language'; readonly name: string }

export interface ChannelHit {
  readonly id: Id
  readonly name: string
  readonly display_name: string
  readonly type: string
}

/** Tells an item from all others. */
export function keyOfItem(item: Item): string {
  switch (item.kind) {
    case 'user':
      return item.user.id
    case 'group':
      return item.group.id
    case 'channel':
      return item.channel.id
    case 'command':
      return `/${item.text}`
    default:
      return `${item.kind} ${item.name}`
  }
}

/** What takes the place of the word that was begun. */
export function textOfItem(item: Item): string {
  switch (item.kind) {
    case 'user':
      return `@${item.user.username} `
    case 'everyone':
      return `@${item.name} `
    case 'group':
      return `@${item.group.name} `
    case 'channel':
      return `~${item.channel.name} `
    case 'emoji':
      return `:${item.name}: `
    case 'command':
      return item.text
    case 'language':
      return item.name
  }
}

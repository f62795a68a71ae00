import type { Access, ChannelCore } from '../access/access.ts'
import { Cache } from '../cache.ts'
import type { ConfigStore } from '../config/config-store.ts'
import type { Queries } from '../database/pool.ts'
import type { Post } from '../posts/post.ts'
import type { CacheChange } from '../realtime/changes.ts'
import type { Session } from '../sessions/session.ts'
import type { Statuses } from '../statuses/statuses.ts'
import * as store from './audiences.store.ts'
import { decideNotifications, explicitMentions } from './decide.ts'
import type { NotificationDecision } from './decide.ts'
import { ChannelKeywords } from './keywords.ts'
import type { NotificationGroup, NotificationInput, NotificationSettings } from './notification-types.ts'

type Parts = { db: Queries; config: ConfigStore; access: Access; statuses: Statuses }

/**
 * Who is told of a post. Keeps the members of the channels that people write in, with their keywords, so that a post
 * that mentions nobody costs no query; single changes are taken over one by one, because channels are large.
 */
export class Audiences {
  readonly #parts: Parts
  readonly #channels = new Cache<ChannelKeywords>(1_000)
  #groupNames: Promise<Map<string, string>> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The members of a channel with their mention keywords. */
  async membersOf(channelId: string): Promise<ChannelKeywords> {
    return this.#channels.get(channelId, async () => {
      const members = await store.findNotificationMembers(this.#parts.db, channelId, this.#collapsedByDefault)
      return new ChannelKeywords(members)
    })
  }

  /** What a new post means to everyone in its channel. `root` is the post it replies to. */
  async decide(post: Post, channel: ChannelCore, root: Post | null, session?: Session): Promise<NotificationDecision> {
    const input = await this.#input(post, channel, session)
    if (!root) return decideNotifications(input)
    const people = await store.findThreadPeople(this.#parts.db, root.id)
    const rootMentions = explicitMentions(await this.#input(root, channel))
    const rootFromWebhook = root.props.from_webhook === 'true'
    const thread = { rootUserId: root.user_id, rootFromWebhook, rootMentions, ...people }
    return decideNotifications({ ...input, thread })
  }

  /** Whether a post's own words (or a group or channel-wide mention in it) mention someone. */
  async explicitlyMentions(post: Post, channel: ChannelCore, userId: string): Promise<boolean> {
    return explicitMentions(await this.#input(post, channel)).includes(userId)
  }

  async #input(post: Post, channel: ChannelCore, session?: Session): Promise<NotificationInput> {
    const members = await this.membersOf(channel.id)
    const mayMention = post.message.includes('@') || post.props.attachments !== undefined
    const { access, statuses } = this.#parts
    const may = async (permission: 'use_channel_mentions' | 'use_group_mentions') =>
      mayMention && (!session || (await access.canInChannel(session, channel.id, permission)))
    return {
      post: { userId: post.user_id, message: post.message, rootId: post.root_id, type: post.type, props: post.props },
      channel,
      author: {
        useChannelMentions: await may('use_channel_mentions'),
        useGroupMentions: await may('use_group_mentions'),
      },
      members,
      groups: mayMention ? await this.#groupsIn(post.message) : new Map(),
      settings: this.#settings(),
      statusOf: (userId) => statuses.statusOf(userId),
    }
  }

  get #collapsedByDefault(): boolean {
    return ['default_on', 'always_on'].includes(this.#parts.config.get().ServiceSettings.CollapsedThreads)
  }

  #settings(): NotificationSettings {
    const { ServiceSettings, TeamSettings } = this.#parts.config.get()
    return {
      maxNotificationsPerChannel: TeamSettings.MaxNotificationsPerChannel,
      threadAutoFollow: ServiceSettings.ThreadAutoFollow,
      collapsedThreads: ServiceSettings.CollapsedThreads as NotificationSettings['collapsedThreads'],
    }
  }

  /** The groups whose names stand in a message, with their members. */
  async #groupsIn(message: string): Promise<Map<string, NotificationGroup>> {
    this.#groupNames ??= store.findGroupNames(this.#parts.db)
    const names = await this.#groupNames
    const found = new Map<string, NotificationGroup>()
    if (names.size === 0) return found
    const lower = message.toLowerCase()
    for (const [name, id] of names) {
      if (!lower.includes(`@${name}`)) continue
      found.set(name, { id, memberIds: await store.findGroupMemberIds(this.#parts.db, id), allowReference: true })
    }
    return found
  }

  /** Follows committed changes; a promise where rows have to be read again. */
  apply(change: CacheChange): void | Promise<void> {
    switch (change.kind) {
      case 'groups':
        this.#groupNames = undefined
        return
      case 'channelMember':
        return this.#applyMember(change.channelId, change.userId)
      case 'user':
      case 'preferences':
        return this.#applyUser(change.userId)
      case 'everything':
        this.#channels.clear()
        this.#groupNames = undefined
    }
  }

  #applyMember(channelId: string, userId: string): void | Promise<void> {
    const members = this.#channels.peek(channelId)
    if (members) return this.#reload(channelId, members, userId)
    this.#channels.drop(channelId)
  }

  async #applyUser(userId: string): Promise<void> {
    this.#channels.dropLoading()
    for (const [channelId, members] of this.#channels.entries()) {
      if (members.has(userId)) await this.#reload(channelId, members, userId)
    }
  }

  async #reload(channelId: string, members: ChannelKeywords, userId: string): Promise<void> {
    const found = await store.findNotificationMembers(this.#parts.db, channelId, this.#collapsedByDefault, userId)
    if (found[0]) members.setMember(found[0])
    else members.removeMember(userId)
  }
}

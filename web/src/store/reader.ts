import { forgetChannel, forgetTeam } from './channels.ts'
import type { ServerPost, User } from './entities.ts'
import * as posts from './load-posts.ts'
import type { PostList } from './load-posts.ts'
import * as load from './load.ts'
import { emptyState } from './state.ts'
import type { Id, StaleKey, State } from './state.ts'

/** What an answer does to the state. Answers come in any order; they are put in in the order of the requests. */
export type Step = (state: State) => State

// Bodies are what the contract of the API says; nobody checks that twice.
// oxlint-disable-next-line typescript/no-explicit-any
export type Body = any

/** Asks the server: a GET, or with a body a POST. The path begins behind /api/v4. `status` 0 when it was not reached. */
export type Ask = (path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: Body }>

/** The query that lists posts with their replies left out and counted. */
export const COLLAPSED = 'skipFetchThreads=false&collapsedThreads=true&collapsedThreadsExtended=false'

/** An answer that is neither there nor refused for good. */
export class ReadError extends Error {
  readonly status: number
  /** the server's word on it */
  readonly answer: Body

  constructor(path: string, status: number, answer: Body) {
    super(`${path} → ${status} ${JSON.stringify(answer)}`)
    this.status = status
    this.answer = answer
  }
}

/** Turns requests into steps. Knows neither browser nor socket: the same code runs in tests. */
export class Reader {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** The body of a GET, or with a body of a POST. Throws for any answer but 200. */
  async ok(path: string, body?: unknown): Promise<Body> {
    const answer = await this.maybe(path, body)
    if (answer === null) throw new ReadError(path, 404, { message: `${path} is gone or closed` })
    return answer
  }

  /** Null for 403 and 404, and for 501: the server does not have it. */
  async maybe(path: string, body?: unknown): Promise<Body> {
    const answer = await this.#ask(path, body)
    if (answer.status === 403 || answer.status === 404 || answer.status === 501) return null
    if (answer.status !== 200) throw new ReadError(path, answer.status, answer.body)
    return answer.body
  }

  /** Fetches what a stale key names; `state` is needed for threads. */
  async key(key: StaleKey, state = emptyState): Promise<Step> {
    const at = key.indexOf(':')
    const [kind, id] = at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)]
    return this.#kinds[kind]!(id, state)
  }

  readonly #kinds: Record<string, (id: Id, state: State) => Promise<Step>> = {
    channels: () => this.#channels(),
    preferences: async () => {
      const body = await this.ok('/users/me/preferences')
      return (state) => load.receivedPreferences(state, body)
    },
    groups: () => this.#groups(),
    users: (_, state) => this.users(Object.keys(state.users)),
    user: (id) => this.users([id]),
    role: (name) => this.roles([name]),
    team: (id) => this.#team(id),
    channel: (id) => this.#ownChannel(id),
    channelStats: async (id) => {
      const body = await this.maybe(`/channels/${id}/stats?exclude_files_count=true`)
      return (state) => (body && state.channels[id] ? load.receivedChannelStats(state, body) : state)
    },
    channelUsers: async (id) => {
      const users: User[] | null = await this.maybe(`/users?in_channel=${id}&page=0&per_page=200`)
      return (state) => (users && state.channels[id] ? load.receivedChannelUsers(state, id, users) : state)
    },
    bookmarks: async (id) => {
      const body = await this.maybe(`/channels/${id}/bookmarks`)
      return (state) => (body && state.channels[id] ? load.receivedBookmarks(state, id, body) : state)
    },
    categories: async (team) => {
      const body = await this.maybe(`/users/me/teams/${team}/channels/categories`)
      return (state) => (body && state.teams[team] ? load.receivedCategories(state, team, body) : state)
    },
    drafts: async (team) => {
      const body = await this.maybe(`/users/me/teams/${team}/drafts`)
      return (state) => (body && state.teams[team] ? load.receivedDrafts(state, team, body) : state)
    },
    scheduled: async (team) => {
      const body = await this.maybe(`/posts/scheduled/team/${team}?includeDirectChannels=true`)
      return (state) => (body && state.teams[team] ? load.receivedScheduledPosts(state, team, body) : state)
    },
    threads: async (team) => {
      const body = await this.maybe(`/users/me/teams/${team}/threads?per_page=60&extended=true`)
      return (state) => (body && state.teams[team] ? posts.receivedTeamThreads(state, team, body) : state)
    },
    threadCounts: async (team) => {
      const body = await this.maybe(`/users/me/teams/${team}/threads?totalsOnly=true`)
      return (state) => (body && state.teams[team] ? posts.receivedThreadCounts(state, team, body) : state)
    },
    thread: (id, state) => this.#staleThread(id, state),
  }

  async #channels(): Promise<Step> {
    const [channels, members] = await Promise.all([
      this.ok('/users/me/channels?include_deleted=true'),
      this.#allPages('/users/me/channel_members'),
    ])
    return (state) => load.receivedChannelMembers(load.receivedAllChannels(state, channels), members)
  }

  /** `page=-1` would answer with everything at once, but the ecosystem's client fails on it when there is nothing. */
  async #allPages(path: string): Promise<Body[]> {
    const all: Body[] = []
    for (let page = 0; ; page++) {
      const some: Body[] = await this.ok(`${path}${path.includes('?') ? '&' : '?'}page=${page}&per_page=200`)
      all.push(...some)
      if (some.length < 200) return all
    }
  }

  async #ownChannel(id: Id): Promise<Step> {
    const [channel, member] = await Promise.all([
      this.maybe(`/channels/${id}`),
      this.maybe(`/channels/${id}/members/me`),
    ])
    if (!channel || !member) return (state) => forgetChannel(state, id)
    return (state) => load.receivedChannelMembers(load.receivedChannels(state, [channel]), [member])
  }

  async #team(id: Id): Promise<Step> {
    const [team, member] = await Promise.all([this.maybe(`/teams/${id}`), this.maybe(`/teams/${id}/members/me`)])
    if (!team || !member) return (state) => forgetTeam(state, id)
    return (state) => load.receivedTeamMembers(load.receivedTeams(state, [team]), [member])
  }

  async #groups(): Promise<Step> {
    const mine = await this.maybe('/users/me/groups')
    if (!mine) return (state) => state
    const all = await this.#allPages('/groups?filter_allow_reference=true')
    return (state) =>
      load.receivedGroups(
        state,
        all,
        mine.map((group: { id: Id }) => group.id),
      )
  }

  async #staleThread(id: Id, state: State): Promise<Step> {
    const channelId = state.posts[id]?.channel_id ?? ''
    const team = state.channels[channelId]?.team_id || Object.keys(state.teams)[0]
    const [read, own] = await Promise.all([
      this.thread(id, state.posts),
      team ? this.maybe(`/users/me/teams/${team}/threads/${id}?extended=true`) : null,
    ])
    return (now) => (own ? posts.receivedThreads(read(now), [own]) : read(now))
  }

  /** Root and replies of a thread. `known` are the posts that were there when it was asked for. */
  async thread(id: Id, known?: State['posts']): Promise<Step> {
    const list: PostList | null = await this.maybe(`/posts/${id}/thread?${COLLAPSED}&direction=down`)
    return (state) => (list ? posts.receivedThreadPosts(state, id, list, known) : state)
  }

  /** The newest page of a channel. */
  async channelPosts(id: Id): Promise<Step> {
    const list: PostList & { posts: Record<Id, ServerPost> } = await this.ok(
      `/channels/${id}/posts?page=0&per_page=60&${COLLAPSED}`,
    )
    return (state) => posts.receivedChannelPosts(state, id, list)
  }

  /** Profiles by id; my own too. */
  async users(ids: readonly Id[]): Promise<Step> {
    const users: User[] = await this.ok('/users/ids', ids)
    return (state) => {
      const me = users.find((user) => user.id === state.me)
      const others = load.receivedUsers(state, users)
      return me ? { ...others, users: { ...others.users, [me.id]: me } } : others
    }
  }

  /** Roles by name. */
  async roles(names: readonly string[]): Promise<Step> {
    const roles = await this.ok('/roles/names', names)
    return (state) => load.receivedRoles(state, roles)
  }
}

/** Answers put in, one after the other. */
export const run = (state: State, steps: readonly Step[]): State => steps.reduce((now, step) => step(now), state)

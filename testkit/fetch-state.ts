import { needRoles } from '../web/src/store/apply-event.ts'
import { refreshed } from '../web/src/store/change.ts'
import { forgetChannel, forgetTeam } from '../web/src/store/channels.ts'
import type { ServerPost, User } from '../web/src/store/entities.ts'
import * as posts from '../web/src/store/load-posts.ts'
import type { PostList } from '../web/src/store/load-posts.ts'
import * as load from '../web/src/store/load.ts'
import { emptyState } from '../web/src/store/state.ts'
import type { Id, StaleKey, State } from '../web/src/store/state.ts'
import type { Person } from './builders.ts'
import type { Client } from './client.ts'
import type { Json } from './json.ts'
import type { TestServer } from './server.ts'

/** What an answer does to the state. Answers come in any order; they are put in in the order of the requests. */
export type Step = (state: State) => State

const THREADS = 'skipFetchThreads=false&collapsedThreads=true&collapsedThreadsExtended=false'

/** Loads through REST what a client's state holds, in the order of a web client's page load, with every channel and thread opened. */
export async function fetchState(server: TestServer, person: Person): Promise<State> {
  const reader = new Reader(server.as(person))
  const first = await Promise.all([
    reader.ok('/config/client?format=old').then(
      (body): Step =>
        (state) =>
          load.receivedConfig(state, body),
    ),
    reader.ok('/license/client?format=old').then(
      (body): Step =>
        (state) =>
          load.receivedLicense(state, body),
    ),
    reader.ok('/users/me').then(
      (body): Step =>
        (state) =>
          load.receivedMe(state, body),
    ),
    reader.key('preferences'),
    reader.ok('/users/me/teams').then(
      (body): Step =>
        (state) =>
          load.receivedTeams(state, body),
    ),
    reader.ok('/users/me/teams/members').then(
      (body): Step =>
        (state) =>
          load.receivedTeamMembers(state, body),
    ),
    reader.key('channels'),
    reader.emojis(),
    reader.key('groups'),
  ])
  const known = needRoles(run(emptyState, first))
  const second = await Promise.all([
    ...Object.keys(known.teams).flatMap((team) => [
      reader.key(`categories:${team}`),
      reader.key(`drafts:${team}`),
      reader.key(`scheduled:${team}`),
      reader.key(`threads:${team}`),
    ]),
    reader.roles([...known.stale].map((key) => key.slice('role:'.length))),
    reader.ok('/users/status/ids', [person.id]).then(
      (body): Step =>
        (state) =>
          load.receivedStatuses(state, body),
    ),
  ])
  const loaded = run({ ...known, stale: new Set() }, second)
  return openAll(reader, loaded)
}

/** Fetches exactly what has become stale, and then opens channels and threads that have come in, as their reader would. */
export async function refetchStale(server: TestServer, person: Person, state: State): Promise<State> {
  const reader = new Reader(server.as(person))
  let after = state
  // What is fetched may need more: a membership names a role that was not known.
  for (let round = 0; after.stale.size > 0 && round < 5; round++) {
    const keys = [...after.stale].toSorted((a, b) => rank(a) - rank(b))
    const steps = await Promise.all(keys.map((key) => reader.key(key, after)))
    const fetched = keys.reduce(refreshed, after)
    after = needRoles(run(fetched, steps))
  }
  return openAll(reader, after)
}

/** Teams come before what is in them, then channels. */
const rank = (key: StaleKey): number => (key.startsWith('team:') ? 0 : /^channels?(:|$)/.test(key) ? 1 : 2)

const run = (state: State, steps: readonly Step[]): State => steps.reduce((now, step) => step(now), state)

/** Opens every channel and thread that is not open yet, and looks up whoever is met there. */
async function openAll(reader: Reader, state: State): Promise<State> {
  const channels = Object.keys(state.channels).filter((id) => !state.channelPosts[id])
  const opened = run(state, (await Promise.all(channels.map((id) => reader.channel(id)))).flat())
  const roots = Object.values(opened.threads).filter((one) => one.replyCount > 0 && !opened.threadPosts[one.id])
  const threads = roots.filter(({ id }) => opened.posts[id])
  const read = run(opened, await Promise.all(threads.map(({ id }) => reader.thread(id))))
  const strangers = channels.length + threads.length > 0 ? peopleIn(read).filter((id) => !read.users[id]) : []
  return strangers.length > 0 ? run(read, [await reader.users(strangers)]) : read
}

function peopleIn(state: State): Id[] {
  const authors = Object.values(state.posts).map((post) => post.user_id)
  const reacting = Object.values(state.reactions).flatMap((one) =>
    Object.values(one).map((reaction) => reaction.user_id),
  )
  return [...new Set([...authors, ...reacting, ...Object.values(state.threads).flatMap((one) => one.participants)])]
}

/** Turns requests into steps. */
class Reader {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  /** The body of a GET, or with a body of a POST. Throws for any answer but 200. */
  async ok(path: string, body?: unknown): Promise<Json> {
    const answer = await this.maybe(path, body)
    if (answer === null) throw new Error(`${path} is gone or closed`)
    return answer
  }

  /** Null for 403 and 404. */
  async maybe(path: string, body?: unknown): Promise<Json> {
    const answer = await (body === undefined ? this.#client.get(path) : this.#client.post(path, body))
    if (answer.status === 403 || answer.status === 404) return null
    if (answer.status !== 200) throw new Error(`${path} → ${answer.status} ${JSON.stringify(answer.body)}`)
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
    const [channels, lines] = await Promise.all([
      this.ok('/users/me/channels?include_deleted=true'),
      this.ok('/users/me/channel_members?page=-1'),
    ])
    const members = String(lines)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    return (state) => load.receivedChannelMembers(load.receivedAllChannels(state, channels), members)
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
    const all = await this.maybe('/groups?page=0&per_page=200&filter_allow_reference=true')
    if (!mine || !all) return (state) => state
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
      this.thread(id),
      team ? this.maybe(`/users/me/teams/${team}/threads/${id}?extended=true`) : null,
    ])
    return (now) => (own ? posts.receivedThreads(read(now), [own]) : read(now))
  }

  async thread(id: Id): Promise<Step> {
    const list: PostList | null = await this.maybe(`/posts/${id}/thread?${THREADS}&direction=down`)
    return (state) => (list ? posts.receivedThreadPosts(state, id, list) : state)
  }

  async channel(id: Id): Promise<Step[]> {
    const list: PostList & { posts: Record<Id, ServerPost> } = await this.ok(
      `/channels/${id}/posts?page=0&per_page=60&${THREADS}`,
    )
    const keys = [`channelStats:${id}`, `channelUsers:${id}`, `bookmarks:${id}`] as const
    const others = await Promise.all(keys.map((key) => this.key(key)))
    return [(state) => posts.receivedChannelPosts(state, id, list), ...others]
  }

  async users(ids: readonly Id[]): Promise<Step> {
    const users: User[] = await this.ok('/users/ids', ids)
    return (state) => {
      const me = users.find((user) => user.id === state.me)
      const others = load.receivedUsers(state, users)
      return me ? { ...others, users: { ...others.users, [me.id]: me } } : others
    }
  }

  async roles(names: readonly string[]): Promise<Step> {
    const roles = await this.ok('/roles/names', names)
    return (state) => load.receivedRoles(state, roles)
  }

  async emojis(): Promise<Step> {
    const emojis = await this.ok('/emoji?page=0&per_page=200')
    return (state) => load.receivedEmojis(state, emojis)
  }
}

import { needRoles } from '../web/src/store/apply-event.ts'
import * as load from '../web/src/store/load.ts'
import { Reader, run } from '../web/src/store/reader.ts'
import type { Step } from '../web/src/store/reader.ts'
import { fetchStale } from '../web/src/store/refetch.ts'
import { emptyState } from '../web/src/store/state.ts'
import type { Id, State } from '../web/src/store/state.ts'
import type { Person } from './builders.ts'
import type { TestServer } from './server.ts'

/** Loads through REST what a client's state holds, in the order of a web client's page load, with every channel and thread opened. */
export async function fetchState(server: TestServer, person: Person): Promise<State> {
  const reader = readerOf(server, person)
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
    reader.ok('/emoji?page=0&per_page=200').then(
      (body): Step =>
        (state) =>
          load.receivedEmojis(state, body),
    ),
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
  const reader = readerOf(server, person)
  let after = state
  // What is fetched may need more: a membership names a role that was not known.
  for (let round = 0; after.stale.size > 0 && round < 5; round++) after = (await fetchStale(reader, after))(after)
  return openAll(reader, after)
}

function readerOf(server: TestServer, person: Person): Reader {
  const client = server.as(person)
  return new Reader((path, body) => (body === undefined ? client.get(path) : client.post(path, body)))
}

/** Opens every channel and thread that is not open yet, and looks up whoever is met there. */
async function openAll(reader: Reader, state: State): Promise<State> {
  const channels = Object.keys(state.channels).filter((id) => !state.channelPosts[id])
  const opened = run(state, (await Promise.all(channels.map((id) => openChannel(reader, id)))).flat())
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

async function openChannel(reader: Reader, id: Id): Promise<Step[]> {
  const keys = [`channelStats:${id}`, `channelUsers:${id}`, `bookmarks:${id}`] as const
  return Promise.all([reader.channelPosts(id), ...keys.map((key) => reader.key(key))])
}

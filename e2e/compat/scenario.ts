import clientPackage from '@mattermost/client'
import { expect, test, vi } from 'vitest'
import type { Json } from '../../testkit/json.ts'
import { TestServer } from '../../testkit/server.ts'
import { ContractWatch } from './contract-watch.ts'
import { pretendBrowser, Socket } from './socket.ts'
import type { Loose } from './socket.ts'

export { expect } from 'vitest'
export type { Json } from '../../testkit/json.ts'

export type Api = Loose<InstanceType<typeof clientPackage.Client4>>

/** Somebody with a browser open: REST by `api`, what the server says by `socket`. */
export interface Player {
  readonly api: Api
  readonly id: string
  readonly username: string
  readonly email: string
  readonly socket: Socket
}

export interface World {
  server: TestServer
  admin: Player
  /** speaks Korean; signs in with a token and proves it on the socket by the challenge */
  mina: Player
  /** a browser: cookies, CSRF token, and a socket that can go on where it was cut */
  jun: Player
  team: Json
  townSquare: Json
  offTopic: Json
}

export const PASSWORD = 'correct horse 7'
/** Filled by `buildWorld`; every theme starts from these three people and their team. */
export const world = {} as World
export const watch = new ContractWatch()
let steps = 0
let current = ''

export const stepsSoFar = (): number => steps

/** Names what the steps of a file are about. */
export function theme(name: string): void {
  current = name
}

/** One thing that a client does and sees. It fails, too, when anything it was told breaks the contract. */
export function step(name: string, act: () => unknown): void {
  test(`${current}: ${name}`, async () => {
    watch.take()
    await act()
    expect(watch.take(), 'what the client was told breaks the contract').toEqual([])
    steps += 1
  })
}

/** A client that nobody has signed in to yet. */
export function newApi(): Api {
  const api = new clientPackage.Client4() as unknown as Api
  api.setUrl(world.server.url)
  return api
}

/** Signs somebody up as the sign-up page does; a link's `inviteId` brings the account into a team. */
export function signUp(username: string, rest: object = {}, inviteId = ''): Promise<Json> {
  const account = { username, email: `${username}@example.com`, password: PASSWORD, ...rest }
  return newApi().createUser(account, '', inviteId)
}

/** Signs in and opens a socket that proves itself by the challenge. */
export async function play(username: string): Promise<Player> {
  const api = newApi()
  const user = await api.login(username, PASSWORD)
  const socket = new Socket(watch)
  await socket.open(world.server.url, api.getToken())
  return { api, id: user.id, username, email: user.email, socket }
}

/** Signs in as a browser: only cookies, and the CSRF token with every change. */
export async function playInBrowser(username: string): Promise<Player> {
  const api = newApi()
  watch.cookies.clear()
  const user = await api.login(username, PASSWORD)
  api.setToken('')
  const cookie = [...watch.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  api.setHeader('Cookie', cookie)
  api.setCSRF(watch.cookies.get('MMCSRF') ?? '')
  const socket = new Socket(watch, { Cookie: cookie })
  await socket.open(world.server.url)
  return { api, id: user.id, username, email: user.email, socket }
}

/** What a refused call threw: `status_code` and `server_error_id`, or a failure when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<{ status_code: number; server_error_id: string }> {
  try {
    await call
  } catch (error) {
    return error as never
  }
  throw new Error('the server should have refused this')
}

/** What the web client asks by hand: the same way through the official client, for a path without a method there. */
export function ask(by: Player, method: string, path: string, body?: unknown): Promise<Json> {
  const { doFetch } = by.api as unknown as { doFetch: (url: string, options: object) => Promise<unknown> }
  const options = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
  return doFetch(`${by.api.getBaseRoute()}${path}`, options)
}

/** Ids in one order, for comparing lists whose order says nothing. */
export function sorted(ids: Iterable<string>): string[] {
  return [...ids].toSorted()
}

/** A channel of the team with its creator and the given people in it. */
export async function makeChannel(by: Player, name: string, members: Player[] = [], rest: object = {}): Promise<Json> {
  const wanted = { team_id: world.team.id, name, display_name: name, type: 'O', purpose: '', header: '' }
  const channel = await by.api.createChannel({ ...wanted, ...rest })
  for (const one of members) await by.api.addToChannel(one.id, channel.id)
  return channel
}

/** A post as the web client sends it. */
export function say(by: Player, channel: { id: string }, message: string, rest: object = {}): Promise<Json> {
  const pending = { pending_post_id: `${by.id}:${Date.now()}${Math.floor(Math.random() * 1000)}`, create_at: 0 }
  return by.api.createPost({ channel_id: channel.id, message, user_id: by.id, ...pending, ...rest })
}

export async function buildWorld(): Promise<void> {
  pretendBrowser()
  // The official WebSocketClient reports every step of its connection.
  vi.spyOn(console, 'log').mockImplementation(() => {})
  world.server = await TestServer.start({
    config: {
      ServiceSettings: {
        EnableUserAccessTokens: true,
        EnableMultifactorAuthentication: true,
        EnablePermalinkPreviews: true,
        SiteURL: 'http://chat.example.com',
      },
      TeamSettings: { EnableOpenServer: true },
      FileSettings: { EnablePublicLink: true },
      GuestAccountsSettings: { Enable: true },
    },
  })
  watch.start()
  await signUp('boss')
  await signUp('mina', { first_name: '미나', last_name: '김', nickname: '민들레', locale: 'ko' })
  await signUp('jun', { first_name: 'Jun', last_name: 'Park' })
  world.admin = await play('boss')
  world.mina = await play('mina')
  world.jun = await playInBrowser('jun')
  world.team = await world.admin.api.createTeam({
    name: 'galaxy',
    display_name: '은하 팀',
    type: 'O',
    allow_open_invite: true,
  })
  for (const one of [world.mina, world.jun]) await world.admin.api.addToTeam(world.team.id, one.id)
  world.townSquare = await world.mina.api.getChannelByName(world.team.id, 'town-square')
  world.offTopic = await world.mina.api.getChannelByName(world.team.id, 'off-topic')
}

export async function endWorld(): Promise<void> {
  for (const one of [world.admin, world.mina, world.jun]) one?.socket.close()
  watch.stop()
  await world.server?.stop()
}

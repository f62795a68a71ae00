import { insertBelongings, insertRoles, insertSecrets } from './belongings.ts'
import { PNG } from './png.ts'
import { createHash } from 'node:crypto'
import type { Queries } from '../../server/src/database/pool.ts'
import { newId } from '../../server/src/ids.ts'
import { emojiPath } from '../../server/src/files/paths.ts'
import type { TestServer } from '../../testkit/server.ts'
import { channelMemberRow, channelRow, fileRow, postRow, sessionRow, teamMemberRow, teamRow, userRow } from './rows.ts'

/** Everybody who may stand before a door, in the order of the columns of expected.json. */
export const ROLES = ['anonymous', 'outsider', 'guest', 'member', 'teamAdmin', 'admin', 'bot', 'gone'] as const
export type Role = (typeof ROLES)[number]

export interface WorldPerson {
  readonly id: string
  readonly username: string
  readonly token: string
  readonly sessionId: string
}

/**
 * One private place and everything in it, owned by `member`: a team by invitation, a private channel, posts, files,
 * tokens. `outsider` is of another team; `guest` is in the team, in a channel of their own; `teamAdmin` is not in the
 * channel; `bot` is in it, with a personal access token; `gone` was in it and is deactivated.
 */
export type World = ReturnType<typeof nameWorld>

const SYSTEM_ROLES: Record<string, string> = { admin: 'system_user system_admin', guest: 'system_guest' }

const BUTTONS = {
  text: 'Shall we?',
  actions: [
    { id: 'press', name: 'Yes', type: 'button', integration: { url: 'http://127.0.0.1:1/pressed', context: {} } },
  ],
}

function person(name: string): WorldPerson {
  const id = newId()
  return { id, username: `${name.toLowerCase()}.${id.slice(0, 8)}`, token: newId(), sessionId: newId() }
}

/** Gives everything its id; nothing is in the database yet. */
function nameWorld() {
  const people = {
    member: person('member'),
    outsider: person('outsider'),
    guest: person('guest'),
    admin: person('admin'),
    teamAdmin: person('teamAdmin'),
    bot: person('bot'),
    gone: person('gone'),
    newcomer: person('newcomer'),
    secondGuest: person('secondGuest'),
  }
  const short = newId().slice(0, 10).toLowerCase()
  const id = newId
  return {
    people,
    short,
    team: id(),
    inviteId: id(),
    elsewhere: id(),
    archivedTeam: id(),
    archivedChannel: id(),
    channel: id(),
    townSquare: id(),
    lobby: id(),
    group: id(),
    openChannel: id(),
    elsewhereChannel: id(),
    post: id(),
    reply: id(),
    oldVersion: id(),
    draft: id(),
    file: id(),
    looseFile: id(),
    upload: id(),
    emoji: id(),
    bookmark: id(),
    scheduled: id(),
    category: id(),
    accessToken: id(),
    accessTokenSecret: id(),
    role: id(),
    userGroup: id(),
    ldapGroup: id(),
    terms: id(),
    teamScheme: id(),
    channelScheme: id(),
    teamName: `team-${short}`,
    channelName: `secret-${short}`,
    openChannelName: `secret-open-${short}`,
    emojiName: `emoji_${short}`,
    roleName: `role_${short}`,
    invitation: newId() + newId() + newId().slice(0, 12),
  }
}

/** Writes a new world past the API, and what it needs on disk. */
export async function makeWorld(server: TestServer): Promise<World> {
  const world = nameWorld()
  const { db } = server.app
  const now = Date.now()
  await Promise.all([
    insertPeople(db, world, now),
    insertPlaces(db, world, now),
    insertPosts(db, world, now),
    insertBelongings(db, world, now),
    insertSecrets(db, world, now),
    insertRoles(db, world, now),
    server.app.files.write(emojiPath(world.emoji), PNG),
    server.app.files.write('shared/picture.png', PNG),
  ])
  await server.app.delivery.deliver([{ kind: 'roles' }], [])
  return world
}

async function insertPeople(db: Queries, world: World, now: number): Promise<void> {
  const entries = Object.entries(world.people)
  const rolesOf = (name: string) => SYSTEM_ROLES[name === 'secondGuest' ? 'guest' : name] ?? 'system_user'
  const gone = (name: string) => (name === 'gone' ? now : 0)
  const users = entries.map(([name, one]) => userRow(one.id, one.username, rolesOf(name), gone(name), now))
  const { bot, member } = world.people
  const sessions = entries
    .filter(([name]) => name !== 'bot')
    .map(([name, one]) => sessionRow(one.sessionId, one.token, one.id, rolesOf(name), now))
  const botRow = { userid: bot.id, description: '', ownerid: member.id, createat: now, updateat: now, deleteat: 0 }
  const tokens = [
    { id: bot.sessionId, token: bot.token, userid: bot.id, description: 'bot', isactive: true },
    {
      id: world.accessToken,
      token: world.accessTokenSecret,
      userid: member.id,
      description: 'mine',
      isactive: true,
    },
  ]
  await Promise.all([
    db.insertInto('users').values(users).execute(),
    db.insertInto('sessions').values(sessions).execute(),
    db
      .insertInto('bots')
      .values({ ...botRow, lasticonupdate: 0 })
      .execute(),
    db.insertInto('useraccesstokens').values(tokens).execute(),
  ])
}

async function insertPlaces(db: Queries, world: World, now: number): Promise<void> {
  const { team, elsewhere, archivedTeam, short, people } = world
  const { member, outsider, guest, teamAdmin, bot, gone, secondGuest } = people
  const archived = { deleteat: now }
  const teams = [
    teamRow(team, world.teamName, 'I', world.inviteId, now),
    teamRow(elsewhere, `elsewhere-${short}`, 'O', newId(), now),
    { ...teamRow(archivedTeam, `archived-${short}`, 'I', newId(), now), ...archived },
  ]
  const groupName = createHash('sha1').update([member.id, teamAdmin.id, bot.id].toSorted().join('')).digest('hex')
  const channels = [
    channelRow(world.channel, team, world.channelName, 'P', member.id, now),
    channelRow(world.townSquare, team, 'town-square', 'O', '', now),
    channelRow(world.openChannel, team, world.openChannelName, 'O', member.id, now),
    channelRow(world.lobby, team, `lobby-${short}`, 'P', teamAdmin.id, now),
    channelRow(world.elsewhereChannel, elsewhere, 'town-square', 'O', '', now),
    channelRow(world.group, '', groupName, 'G', member.id, now),
    { ...channelRow(world.archivedChannel, team, `old-${short}`, 'P', member.id, now), ...archived },
  ]
  const open = channels
    .filter((one) => one.type === 'O')
    .map(({ id, deleteat, teamid, displayname, name, header, purpose }) => {
      return { id, deleteat, teamid, displayname, name, header, purpose }
    })
  const inTeam = [member, teamAdmin, bot, gone]
  const guests = [guest, secondGuest]
  const teamMembers = [
    ...inTeam.map((one) => teamMemberRow(team, one.id, one === teamAdmin ? 'admin' : 'user', now)),
    ...guests.map((one) => teamMemberRow(team, one.id, 'guest', now)),
    ...[member, teamAdmin].map((one) => teamMemberRow(archivedTeam, one.id, one === teamAdmin ? 'admin' : 'user', now)),
    teamMemberRow(elsewhere, outsider.id, 'user', now),
  ]
  const memberships = [
    ...[member, bot, gone].map((one) => channelMemberRow(world.channel, one.id, 'user', now)),
    ...inTeam.map((one) => channelMemberRow(world.townSquare, one.id, 'user', now)),
    ...[member, teamAdmin, bot].map((one) => channelMemberRow(world.group, one.id, 'user', now)),
    ...guests.map((one) => channelMemberRow(world.lobby, one.id, 'guest', now)),
    channelMemberRow(world.archivedChannel, member.id, 'user', now),
    channelMemberRow(world.elsewhereChannel, outsider.id, 'user', now),
  ]
  await Promise.all([
    db.insertInto('teams').values(teams).execute(),
    db.insertInto('channels').values(channels).execute(),
    db.insertInto('publicchannels').values(open).execute(),
    db.insertInto('teammembers').values(teamMembers).execute(),
    db.insertInto('channelmembers').values(memberships).execute(),
  ])
}

async function insertPosts(db: Queries, world: World, now: number): Promise<void> {
  const { channel, team, post, people } = world
  const member = people.member.id
  const at = now - 1000
  const root = {
    ...postRow(post, channel, member, `the secret word ${world.short}`, at),
    fileids: JSON.stringify([world.file]),
  }
  const posts = [
    { ...root, editat: now, hasreactions: true, ispinned: true, props: JSON.stringify({ attachments: [BUTTONS] }) },
    { ...postRow(world.reply, channel, member, 'a secret reply', at + 1), rootid: post },
    { ...postRow(world.oldVersion, channel, member, 'before', at), deleteat: now, originalid: post },
  ]
  const thread = { postid: post, replycount: 1, lastreplyat: at + 1, channelid: channel, threaddeleteat: null }
  const following = { postid: post, userid: member, following: true, lastviewed: 0, lastupdated: now }
  await Promise.all([
    db.insertInto('posts').values(posts).execute(),
    db
      .insertInto('threads')
      .values({ ...thread, threadteamid: team, participants: JSON.stringify([member]) })
      .execute(),
    db
      .insertInto('threadmemberships')
      .values({ ...following, unreadmentions: 0 })
      .execute(),
    db
      .insertInto('reactions')
      .values({
        userid: member,
        postid: post,
        emojiname: 'smile',
        createat: now,
        updateat: now,
        deleteat: 0,
        remoteid: '',
        channelid: channel,
      })
      .execute(),
    db
      .insertInto('postspriority')
      .values({
        postid: post,
        channelid: channel,
        priority: 'important',
        requestedack: true,
        persistentnotifications: false,
      })
      .execute(),
    db
      .insertInto('fileinfo')
      .values([fileRow(world.file, post, channel, member, now), fileRow(world.looseFile, '', channel, member, now)])
      .execute(),
  ])
}

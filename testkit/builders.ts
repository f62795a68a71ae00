import type { App } from '../server/src/app.ts'
import { createSession } from '../server/src/sessions/create-session.ts'
import { newId } from '../server/src/ids.ts'
import type { CacheChange } from '../server/src/realtime/changes.ts'

export interface Person {
  readonly id: string
  readonly username: string
  readonly token: string
}

const NOTIFY_PROPS = {
  channel: 'true',
  comments: 'never',
  desktop: 'mention',
  desktop_sound: 'true',
  desktop_threads: 'all',
  email: 'true',
  email_threads: 'all',
  first_name: 'false',
  mention_keys: '',
  push: 'mention',
  push_status: 'online',
  push_threads: 'all',
}

/** New members get these (schema-notes of the reference, channelmembers). */
const CHANNEL_NOTIFY_PROPS = {
  channel_auto_follow_threads: 'off',
  desktop: 'default',
  email: 'default',
  ignore_channel_mentions: 'default',
  mark_unread: 'all',
  push: 'default',
}

let counter = 0

/**
 * Makes people, teams and channels straight in the database: tests of one feature need not wait for the API of
 * another. Rows are those that the API would have written.
 */
export class Builders {
  readonly #app: App

  constructor(app: App) {
    this.#app = app
  }

  /** A signed-in person; the password is not set, because hashing one takes longer than most tests. */
  async user(
    overrides: { username?: string; roles?: string; email?: string; bot?: boolean; props?: object } = {},
  ): Promise<Person> {
    const id = newId()
    const username = overrides.username ?? `user${++counter}${id.slice(0, 6)}`
    const now = Date.now()
    await this.#app.db
      .insertInto('users')
      .values({
        id,
        createat: now,
        updateat: now,
        deleteat: 0,
        username,
        password: '',
        authdata: null,
        authservice: '',
        email: overrides.email ?? `${username}@example.com`,
        emailverified: true,
        nickname: '',
        firstname: '',
        lastname: '',
        position: '',
        roles: overrides.roles ?? 'system_user',
        allowmarketing: false,
        props: JSON.stringify(overrides.props ?? {}),
        notifyprops: JSON.stringify(NOTIFY_PROPS),
        lastpasswordupdate: now,
        lastpictureupdate: 0,
        failedattempts: 0,
        locale: 'en',
        timezone: JSON.stringify({ automaticTimezone: '', manualTimezone: '', useAutomaticTimezone: 'true' }),
        mfaactive: false,
        mfasecret: '',
        lastlogin: 0,
      })
      .execute()
    if (overrides.bot) await this.#bot(id, now)
    await this.#tell({ kind: 'user', userId: id })
    const session = await this.#app.unitOfWork((tx) => createSession(this.#app, tx, id))
    return { id, username, token: session.token }
  }

  async #bot(userid: string, now: number): Promise<void> {
    const row = {
      userid,
      description: '',
      ownerid: userid,
      createat: now,
      updateat: now,
      deleteat: 0,
      lasticonupdate: 0,
    }
    await this.#app.db.insertInto('bots').values(row).execute()
  }

  admin(): Promise<Person> {
    return this.user({ roles: 'system_user system_admin' })
  }

  guest(): Promise<Person> {
    return this.user({ roles: 'system_guest' })
  }

  /** A team with town-square and off-topic; everyone given becomes a member of all three. */
  async team(
    members: readonly Person[] = [],
    overrides: { name?: string; type?: 'O' | 'I' } = {},
  ): Promise<{ id: string; name: string; townSquare: string; offTopic: string }> {
    const id = newId()
    const now = Date.now()
    const name = overrides.name ?? `team-${++counter}-${id.slice(0, 6)}`
    await this.#app.db
      .insertInto('teams')
      .values({
        id,
        createat: now,
        updateat: now,
        deleteat: 0,
        displayname: name,
        name,
        description: '',
        email: 'team@example.com',
        type: overrides.type ?? 'O',
        companyname: '',
        alloweddomains: '',
        inviteid: newId(),
        schemeid: '',
        allowopeninvite: (overrides.type ?? 'O') === 'O',
        lastteamiconupdate: 0,
        groupconstrained: false,
        cloudlimitsarchived: false,
      })
      .execute()
    const townSquare = (await this.channel(id, [], { name: 'town-square', displayName: 'Town Square' })).id
    const offTopic = (await this.channel(id, [], { name: 'off-topic', displayName: 'Off-Topic' })).id
    for (const person of members) await this.joinTeam(id, person)
    for (const channel of [townSquare, offTopic]) for (const person of members) await this.joinChannel(channel, person)
    return { id, name, townSquare, offTopic }
  }

  /** A channel of a team (or, with team '', a direct or group one). */
  async channel(
    teamId: string,
    members: readonly Person[] = [],
    overrides: { name?: string; displayName?: string; type?: 'O' | 'P' | 'D' | 'G' } = {},
  ): Promise<{ id: string; name: string }> {
    const id = newId()
    const now = Date.now()
    const name = overrides.name ?? `channel-${++counter}-${id.slice(0, 6)}`
    const type = overrides.type ?? 'O'
    const displayname = overrides.displayName ?? (type === 'D' ? '' : name)
    await this.#app.db
      .insertInto('channels')
      .values({
        id,
        createat: now,
        updateat: now,
        deleteat: 0,
        teamid: teamId,
        type,
        displayname,
        name,
        header: '',
        purpose: '',
        lastpostat: 0,
        totalmsgcount: 0,
        extraupdateat: 0,
        creatorid: '',
        schemeid: null,
        groupconstrained: null,
        shared: null,
        totalmsgcountroot: 0,
        lastrootpostat: 0,
      })
      .execute()
    if (type === 'O') {
      const copy = { id, deleteat: 0, teamid: teamId, displayname, name, header: '', purpose: '' }
      await this.#app.db.insertInto('publicchannels').values(copy).execute()
    }
    for (const person of members) await this.joinChannel(id, person)
    return { id, name }
  }

  /** The direct channel of two people. */
  direct(a: Person, b: Person): Promise<{ id: string; name: string }> {
    const name = [a.id, b.id].toSorted().join('__')
    return this.channel('', a.id === b.id ? [a] : [a, b], { name, type: 'D' })
  }

  async joinTeam(teamId: string, person: Person, flags: { admin?: boolean; guest?: boolean } = {}): Promise<void> {
    await this.#app.db
      .insertInto('teammembers')
      .values({
        teamid: teamId,
        userid: person.id,
        roles: '',
        deleteat: 0,
        schemeuser: !flags.guest,
        schemeadmin: flags.admin ?? false,
        schemeguest: flags.guest ?? false,
        createat: Date.now(),
      })
      .execute()
    await this.#tell({ kind: 'teamMember', teamId, userId: person.id, present: true })
  }

  async joinChannel(
    channelId: string,
    person: Person,
    flags: { admin?: boolean; guest?: boolean } = {},
  ): Promise<void> {
    const now = Date.now()
    await this.#app.db
      .insertInto('channelmembers')
      .values({
        channelid: channelId,
        userid: person.id,
        roles: '',
        lastviewedat: 0,
        msgcount: 0,
        mentioncount: 0,
        notifyprops: JSON.stringify(CHANNEL_NOTIFY_PROPS),
        lastupdateat: now,
        schemeuser: !flags.guest,
        schemeadmin: flags.admin ?? false,
        schemeguest: flags.guest ?? false,
        mentioncountroot: 0,
        msgcountroot: 0,
        urgentmentioncount: 0,
      })
      .execute()
    const history = { channelid: channelId, userid: person.id, jointime: now, leavetime: null }
    await this.#app.db.insertInto('channelmemberhistory').values(history).execute()
    await this.#tell({ kind: 'channelMember', channelId, userId: person.id, present: true })
  }

  async #tell(change: CacheChange): Promise<void> {
    await this.#app.delivery.deliver([change], [])
  }
}

import type { Queries } from '../../server/src/database/pool.ts'
import { PNG } from './png.ts'
import type { World } from './world.ts'

/** What `member` keeps for himself: sidebar, drafts, preferences, bookmarks. */
export async function insertBelongings(db: Queries, world: World, now: number): Promise<void> {
  const { channel, team } = world
  const member = world.people.member.id
  const times = { createat: now, updateat: now }
  const writing = { userid: member, channelid: channel, rootid: '', message: 'unsaid', props: '{}', fileids: '[]' }
  const builtIn = (type: string, sortorder: number) => ({
    id: `${type}_${member}_${team}`,
    userid: member,
    teamid: team,
    sortorder,
    sorting: '',
    type,
    displayname: type,
    muted: false,
    collapsed: false,
  })
  const own = { ...builtIn('custom', 20), id: world.category, displayname: 'Mine' }
  const categories = [builtIn('favorites', 0), builtIn('channels', 10), builtIn('direct_messages', 30), own]
  await Promise.all([
    db.insertInto('sidebarcategories').values(categories).execute(),
    db
      .insertInto('drafts')
      .values({ ...writing, ...times, deleteat: 0, priority: '{}' })
      .execute(),
    db
      .insertInto('scheduledposts')
      .values({
        ...writing,
        ...times,
        id: world.scheduled,
        priority: '{}',
        scheduledat: now + 36e5,
        processedat: 0,
        errorcode: '',
      })
      .execute(),
    db.insertInto('preferences').values({ userid: member, category: 'theme', name: team, value: '{}' }).execute(),
    db
      .insertInto('channelbookmarks')
      .values({
        id: world.bookmark,
        ownerid: member,
        channelid: channel,
        ...times,
        deleteat: 0,
        sortorder: 0,
        displayname: 'A link',
        linkurl: 'https://example.com',
        imageurl: '',
        type: 'link' as const,
      })
      .execute(),
  ])
}

/** What only a secret or a right leads to: an upload under way, an invitation, an emoji. */
export async function insertSecrets(db: Queries, world: World, now: number): Promise<void> {
  const member = world.people.member.id
  const times = { createat: now, updateat: now }
  await Promise.all([
    db
      .insertInto('emoji')
      .values({ id: world.emoji, ...times, deleteat: 0, creatorid: member, name: world.emojiName })
      .execute(),
    db
      .insertInto('uploadsessions')
      .values({
        id: world.upload,
        type: 'attachment' as const,
        createat: now,
        userid: member,
        channelid: world.channel,
        filename: 'big.bin',
        path: `uploads/${world.upload}`,
        filesize: PNG.length,
        fileoffset: 0,
        remoteid: '',
        reqfileid: '',
      })
      .execute(),
    db
      .insertInto('tokens')
      .values({
        token: world.invitation,
        createat: now,
        type: 'team_invitation',
        extra: JSON.stringify({
          teamId: world.team,
          email: `newcomer@example.com`,
        }),
      })
      .execute(),
    db
      .insertInto('termsofservice')
      .values({ id: world.terms, createat: now, userid: member, text: 'Be kind' })
      .execute(),
  ])
}

/** A role, a scheme of each scope and a group. */
export async function insertRoles(db: Queries, world: World, now: number): Promise<void> {
  const times = { createat: now, updateat: now, deleteat: 0 }
  const names = { name: world.roleName, displayname: world.roleName, description: '' }
  const scheme = (id: string, scope: string) => ({
    id,
    name: `${scope}${world.short}`,
    displayname: scope,
    description: '',
    ...times,
    scope,
    defaultteamadminrole: 'team_admin',
    defaultteamuserrole: 'team_user',
    defaultteamguestrole: 'team_guest',
    defaultchanneladminrole: 'channel_admin',
    defaultchanneluserrole: 'channel_user',
    defaultchannelguestrole: 'channel_guest',
  })
  const group = { displayname: 'Group', description: '', ...times, allowreference: true }
  await Promise.all([
    db
      .insertInto('roles')
      .values({ id: world.role, ...names, ...times, permissions: ' ', schememanaged: false, builtin: false })
      .execute(),
    db
      .insertInto('schemes')
      .values([scheme(world.teamScheme, 'team'), scheme(world.channelScheme, 'channel')])
      .execute(),
    db
      .insertInto('usergroups')
      .values([
        { ...group, id: world.userGroup, name: `group_${world.short}`, source: 'custom', remoteid: null },
        { ...group, id: world.ldapGroup, name: `ldap_${world.short}`, source: 'ldap', remoteid: world.ldapGroup },
      ])
      .execute(),
    db
      .insertInto('groupmembers')
      .values({ groupid: world.userGroup, userid: world.people.member.id, createat: now, deleteat: 0 })
      .execute(),
  ])
}

import type { Insertable } from 'kysely'
import type { MattermostTables } from '../../server/src/database/tables.ts'

type Row<T extends keyof MattermostTables> = Insertable<MattermostTables[T]>

/** A user as the API would have made one, without a password. */
export function userRow(id: string, username: string, roles: string, deleteat: number, now: number): Row<'users'> {
  return {
    id,
    username,
    roles,
    deleteat,
    createat: now,
    updateat: now,
    password: '',
    authdata: null,
    authservice: '',
    email: `${username}@example.com`,
    emailverified: true,
    nickname: '',
    firstname: '',
    lastname: '',
    position: '',
    allowmarketing: false,
    props: '{}',
    lastpasswordupdate: now,
    lastpictureupdate: 0,
    notifyprops: JSON.stringify({
      email: 'true',
      push: 'mention',
      desktop: 'mention',
      channel: 'true',
    }),
    failedattempts: 0,
    locale: 'en',
    mfaactive: false,
    mfasecret: '',
    lastlogin: 0,
    timezone: JSON.stringify({
      automaticTimezone: '',
      manualTimezone: '',
      useAutomaticTimezone: 'true',
    }),
  }
}

/** A live session of thirty days. */
export function sessionRow(
  id: string,
  token: string,
  userid: string,
  roles: string,
  now: number,
  props: object = {},
): Row<'sessions'> {
  return {
    id,
    token,
    userid,
    roles,
    createat: now,
    expiresat: now + 30 * 864e5,
    lastactivityat: now,
    deviceid: '',
    isoauth: false,
    expirednotify: false,
    props: JSON.stringify({
      csrf: id,
      ...props,
    }),
  }
}

export function teamRow(id: string, name: string, type: 'O' | 'I', inviteid: string, now: number): Row<'teams'> {
  return {
    id,
    name,
    type,
    inviteid,
    createat: now,
    updateat: now,
    deleteat: 0,
    displayname: name,
    description: '',
    email: 'team@example.com',
    companyname: '',
    alloweddomains: '',
    schemeid: '',
    lastteamiconupdate: 0,
    allowopeninvite: type === 'O',
    groupconstrained: false,
    cloudlimitsarchived: false,
  }
}

export function channelRow(
  id: string,
  teamid: string,
  name: string,
  type: 'O' | 'P' | 'D' | 'G',
  creatorid: string,
  now: number,
): Row<'channels'> {
  return {
    id,
    teamid,
    name,
    type,
    creatorid,
    createat: now,
    updateat: now,
    deleteat: 0,
    displayname: name,
    header: '',
    purpose: '',
    lastpostat: now,
    totalmsgcount: 0,
    extraupdateat: 0,
    schemeid: null,
    groupconstrained: null,
    shared: null,
    totalmsgcountroot: 0,
    lastrootpostat: now,
  }
}

export function teamMemberRow(
  teamid: string,
  userid: string,
  kind: 'admin' | 'guest' | 'user',
  now: number,
): Row<'teammembers'> {
  const flags = { schemeuser: kind !== 'guest', schemeadmin: kind === 'admin', schemeguest: kind === 'guest' }
  return { teamid, userid, roles: '', deleteat: 0, createat: now, ...flags }
}

export function channelMemberRow(
  channelid: string,
  userid: string,
  kind: 'admin' | 'guest' | 'user',
  now: number,
): Row<'channelmembers'> {
  return {
    channelid,
    userid,
    roles: '',
    lastviewedat: 0,
    msgcount: 0,
    mentioncount: 0,
    lastupdateat: now,
    notifyprops: JSON.stringify({
      desktop: 'default',
      push: 'default',
      email: 'default',
      mark_unread: 'all',
    }),
    schemeuser: kind !== 'guest',
    schemeadmin: kind === 'admin',
    schemeguest: kind === 'guest',
    mentioncountroot: 0,
    msgcountroot: 0,
    urgentmentioncount: 0,
  }
}

export function postRow(id: string, channelid: string, userid: string, message: string, now: number): Row<'posts'> {
  return {
    id,
    channelid,
    userid,
    message,
    createat: now,
    updateat: now,
    deleteat: 0,
    rootid: '',
    originalid: '',
    type: '',
    props: '{}',
    hashtags: '',
    filenames: '[]',
    fileids: '[]',
    hasreactions: false,
    editat: 0,
    ispinned: false,
    remoteid: null,
  }
}

export function fileRow(
  id: string,
  postid: string,
  channelid: string,
  creatorid: string,
  now: number,
): Row<'fileinfo'> {
  return {
    id,
    postid,
    channelid,
    creatorid,
    createat: now,
    updateat: now,
    deleteat: 0,
    path: 'shared/picture.png',
    thumbnailpath: 'shared/picture.png',
    previewpath: 'shared/picture.png',
    name: 'picture.png',
    extension: 'png',
    size: 70,
    mimetype: 'image/png',
    width: 1,
    height: 1,
    haspreviewimage: true,
    minipreview: null,
    content: '',
    remoteid: '',
    archived: false,
  }
}

import { expect, test } from 'vitest'
import { cleanUsername, readPerson } from './gitlab-profile.ts'
import { issuerOf, qualifiedAuthData } from './issuer.ts'
import { addPending, decodeState, dropPending, encodeState, pendingOf } from './login-state.ts'
import { targetOf } from './site.ts'

const site = (url: string) => ({ url, origin: new URL(url).origin, path: new URL(url).pathname.replace(/\/$/, '') })

test('below a path of the site, addresses outside of it are refused', () => {
  const chat = site('https://host.example/chat')
  expect(targetOf(chat, '/team/x')).toBe('https://host.example/chat/team/x')
  expect(targetOf(chat, '/chat/team/x')).toBe('https://host.example/chat/team/x')
  expect(targetOf(chat, '/chat')).toBe('https://host.example/chat')
  expect(targetOf(chat, '/chatter')).toBe('https://host.example/chat/chatter')
  expect(targetOf(chat, 'https://host.example/chat/x')).toBe('https://host.example/chat/x')
  for (const text of [
    '/../admin',
    '/chat/../admin',
    '/chat/%2e%2e/admin',
    'https://host.example/admin',
    'https://host.example',
  ]) {
    expect([text, targetOf(chat, text)]).toEqual([text, null])
  }
})

test('a GitLab keeps its name when it moves to https, and its path and port tell it from others', () => {
  expect(issuerOf('http://GitLab.Example.com/api/v4/user')).toBe('gitlab.example.com')
  expect(issuerOf('https://gitlab.example.com:443/api/v4/user')).toBe('gitlab.example.com')
  expect(issuerOf('https://gitlab.example.com:8443/api/v4/user')).toBe('gitlab.example.com:8443')
  expect(issuerOf('https://example.com/gitlab/api/v4/user')).toBe('example.com/gitlab')
  expect(issuerOf('example.com/gitlab/')).toBe('example.com/gitlab')
  expect(issuerOf('')).toBe('')
  expect(qualifiedAuthData('gitlab.example.com', 7)).toBe('7@gitlab.example.com')
  expect(qualifiedAuthData('x'.repeat(200), 2 ** 53 - 1).length).toBeLessThanOrEqual(128)
})

test('usernames of GitLab become usernames here', () => {
  const names: [string, string][] = [
    ['Bob', 'bob'],
    ['bob.lee_x-1', 'bob.lee_x-1'],
    ['bob lee', 'bob-lee'],
    ['admin', ''],
    ['Admin', ''],
    ['administrator', 'administrator'],
    ['all', ''],
    ['here', ''],
    ['system', ''],
    ['-bob-', 'bob'],
    ['ｂｏｂ', 'bob'],
    ['한글', ''],
    ['bob\u202Ex', 'bob-x'],
    ['', ''],
    ['x'.repeat(65), ''],
  ]
  for (const [given, expected] of names) expect([given, cleanUsername(given)]).toEqual([given, expected])
})

test('a person needs a number and an address; the rest is made fit', () => {
  const good = { id: 5, username: 'bob', email: 'Bob@Example.com', name: 'Bob', confirmed_at: '2020-01-01' }
  expect(readPerson(good, false)).toEqual({
    id: 5,
    username: 'bob',
    email: 'bob@example.com',
    firstName: 'Bob',
    lastName: '',
    confirmed: true,
  })
  for (const id of [0, -5, 1.5, '5', null, undefined, 2 ** 60, [5], Number.NaN])
    expect(readPerson({ ...good, id }, false)).toBeNull()
  for (const email of ['', null, 7, 'x', 'a@b\nc', 'a b@c', ['a@b']])
    expect(readPerson({ ...good, email }, false)).toBeNull()
  for (const body of [null, 7, 'x', [], {}]) expect(readPerson(body, false)).toBeNull()
  expect(readPerson({ ...good, confirmed_at: null }, false)!.confirmed).toBe(false)
  expect(readPerson({ ...good, username: undefined, login: 'rob' }, false)!.username).toBe('rob')
  expect(readPerson({ ...good, preferred_username: 'pref@corp.example' }, true)!.username).toBe('pref')
  expect(readPerson({ ...good, preferred_username: 'pref@corp.example' }, false)!.username).toBe('bob')
  const long = readPerson({ ...good, name: `${'가'.repeat(100)} \0${'나'.repeat(100)}` }, false)!
  expect([long.firstName, long.lastName]).toEqual(['가'.repeat(64), '나'.repeat(64)])
})

test('a state survives the way, also when somebody turned its plus signs into blanks', () => {
  const state = {
    action: 'login',
    token: 't'.repeat(64),
    email: '',
    redirectTo: '/팀/~~~???>>>',
    isMobile: false,
    desktopToken: '',
    inviteToken: '',
    inviteId: 'x',
  }
  expect(decodeState(encodeState(state))).toEqual(state)
  expect(decodeState(encodeState(state).replaceAll('+', ' '))).toEqual(state)
})

test('the cookie holds what is under way, newest first', () => {
  const first = addPending('')
  const second = addPending(first.cookie)
  expect(pendingOf(second.cookie)).toEqual([second.secret, first.secret])
  expect(dropPending(second.cookie, second.secret)).toBe(first.cookie)
  expect(dropPending(first.cookie, first.secret)).toBe('')
  expect(pendingOf('a.b; c')).toEqual([])
})

import { describe, expect, it } from 'vitest'
import {
  allRoutes,
  checkEvent,
  checkResponse,
  compileType,
  entityNames,
  eventNames,
  findRoute,
  routeOfAddress,
} from './index.ts'

const status = { status: 'OK' }
const reaction = {
  user_id: 'u',
  post_id: 'p',
  emoji_name: 'tada',
  create_at: 1,
  update_at: 1,
  delete_at: 0,
  remote_id: null,
  channel_id: 'c',
}
const broadcast = {
  omit_users: null,
  user_id: '',
  channel_id: 'c',
  team_id: '',
  connection_id: '',
  omit_connection_id: '',
}
const frame = { event: 'reaction_added', data: { reaction: JSON.stringify(reaction) }, broadcast, seq: 3 }

describe('the contract itself', () => {
  it('has a readable type on every route and entity', () => {
    const media = new Set(['file', 'empty', 'redirect', 'image', 'html', 'text'])
    for (const name of entityNames) expect(() => compileType(name)({}), name).not.toThrow()
    for (const route of allRoutes) {
      if (media.has(route.returns)) continue
      expect(() => compileType(route.returns.replace(' | ndjson', ''))({}), route.path).not.toThrow()
    }
    expect(allRoutes.length).toBeGreaterThan(580)
    expect(eventNames.length).toBeGreaterThan(70)
  })

  it('finds a route by any way of writing parameters', () => {
    expect(findRoute('GET', '/api/v4/posts/:post_id')?.op).toBe('GetPost')
    expect(findRoute('HEAD', '/api/v4/posts/{id}')?.op).toBe('GetPost')
    expect(findRoute('GET', '/api/v4/nothing')).toBeUndefined()
  })

  it('finds the route of an address, literal parts first', () => {
    expect(routeOfAddress('GET', '/api/v4/posts/8w4wqkw1ctdepgmmzbt3oxyrhr')?.op).toBe('GetPost')
    expect(routeOfAddress('get', '/api/v4/users/known')?.op).toBe('GetKnownUsers')
    expect(routeOfAddress('PUT', '/api/v4/users/me/teams/t/threads/read')?.op).toBe('UpdateThreadsReadForUser')
    expect(routeOfAddress('GET', '/api/v4/posts/a/b/c')).toBeUndefined()
  })
})

describe('compileType', () => {
  it.each([
    ['string[]', ['a'], [1]],
    ['int64', 3, 3.5],
    ['bool', false, 0],
    ['map<string,int64>', { a: 1 }, { a: '1' }],
    ['Reaction|null', null, {}],
    ['Reaction', reaction, { ...reaction, extra: 1 }],
    ['Reaction', reaction, { ...reaction, create_at: undefined }],
    ['{token:string,csrf?:string}', { token: 'a' }, { csrf: 'a' }],
    ['StatusOK | Reaction[] when graceful', [reaction], { status: 'NO' }],
    ['J(string[])', '["a"]', ['a']],
    ['base64', 'QUJD', 'not base64!'],
    ['rfc3339', '2026-01-02T03:04:05Z', '2026-01-02'],
    ['User[]', [], null],
  ])('%s accepts %j and refuses %j', (type, good, bad) => {
    expect(compileType(type)(good)).toEqual([])
    expect(compileType(type)(bad)).not.toEqual([])
  })

  it('lets an unset list be null where clients cope, not where they iterate', () => {
    const list = { order: [], posts: {}, next_post_id: '', prev_post_id: '', first_inaccessible_post_time: 0 }
    expect(compileType('PostList')(list)).toEqual([])
    expect(compileType('PostList')({ ...list, order: null })).toHaveLength(1)
    expect(compileType('{tags:string[]}')({ tags: null })).toEqual([])
    expect(compileType('{tags?:string[]}')({ tags: null })).toHaveLength(1)
  })

  it('treats keys newer than 10.11 as optional and closed lists as closed', () => {
    const draft = { create_at: 1, update_at: 1, delete_at: 0, user_id: 'u', channel_id: 'c', root_id: '', message: '' }
    expect(compileType('Draft')({ ...draft, props: null })).toEqual([])
    expect(compileType('Draft')({ ...draft, props: null, type: '' })).toEqual([])
    expect(compileType('Team')({ type: 'X' }).join()).toContain('one of team.type')
  })

  it('names the path of a problem', () => {
    expect(compileType('Reaction[]')([{ ...reaction, create_at: 'x' }])).toEqual(['$[0].create_at: "x" is not int'])
  })
})

describe('checkResponse', () => {
  const seen = { method: 'DELETE', path: '/api/v4/posts/:post_id', status: 200, contentType: 'application/json' }
  const error = { id: 'a.b', message: 'm', detailed_error: '', request_id: 'r', status_code: 404 }

  it('accepts what is documented, raw or parsed', () => {
    expect(checkResponse({ ...seen, body: status })).toEqual([])
    expect(checkResponse({ ...seen, body: '{"status":"OK"}' })).toEqual([])
    expect(checkResponse({ ...seen, status: 404, body: error })).toEqual([])
  })

  it.each([
    ['a wrong status', { status: 201, body: status }],
    ['a charset', { contentType: 'application/json; charset=utf-8', body: status }],
    ['an undocumented key', { body: { status: 'OK', more: 1 } }],
    ['a body that is no JSON', { body: 'OK' }],
    ['an error of another form', { status: 404, body: { message: 'no' } }],
    ['an error with another status inside', { status: 403, body: error }],
    ['an undocumented route', { path: '/api/v4/own', body: status }],
  ])('refuses %s', (_name, change) => {
    expect(checkResponse({ ...seen, ...change })).not.toEqual([])
  })

  it('judges neither own routes nor media bodies', () => {
    expect(checkResponse({ ...seen, path: '/own/thing', body: 1 })).toEqual([])
    const file = { method: 'GET', path: '/api/v4/files/:file_id', status: 200, contentType: 'image/png', body: 'x' }
    expect(checkResponse(file)).toEqual([])
    expect(checkResponse({ ...file, status: 304, body: '' })).toEqual([])
  })

  it('reads streamed members line by line', () => {
    const stream = { method: 'GET', path: '/api/v4/users/:id/channel_members', status: 200 }
    const ndjson = { ...stream, contentType: 'application/x-ndjson' }
    expect(checkResponse({ ...ndjson, body: '' })).toEqual([])
    expect(checkResponse({ ...ndjson, body: '{}\n' }).join()).toContain('line 1')
    expect(checkResponse({ ...stream, contentType: 'application/json', body: [] })).toEqual([])
  })
})

describe('checkEvent', () => {
  it('accepts a documented event and reply', () => {
    expect(checkEvent(frame)).toEqual([])
    expect(checkEvent({ status: 'OK', seq_reply: 1 })).toEqual([])
    expect(checkEvent({ ...frame, event: 'custom_plugin_thing', data: {} })).toEqual([])
  })

  it.each([
    ['an unknown event', { event: 'made_up' }],
    ['a key missing', { data: {} }],
    ['an entity that is no string', { data: { reaction } }],
    ['a broadcast key missing', { broadcast: { ...broadcast, team_id: undefined } }],
    ['a fractional seq', { seq: 1.5 }],
    ['an unknown key', { more: 1 }],
  ])('refuses %s', (_name, change) => {
    expect(checkEvent({ ...frame, ...change })).toHaveLength(1)
  })

  it('knows every form of an event', () => {
    expect(checkEvent({ ...frame, event: 'user_removed', data: { user_id: 'u', remover_id: 'r' } })).toEqual([])
    expect(checkEvent({ ...frame, event: 'user_removed', data: { channel_id: 'c', remover_id: 'r' } })).toEqual([])
    expect(checkEvent({ ...frame, event: 'user_removed', data: { user_id: 'u' } })).toHaveLength(1)
  })
})

import { ask, expect, newApi, PASSWORD, playInBrowser, refusal, signUp, step, theme, watch, world } from './scenario.ts'
import type { Json } from './scenario.ts'

/** Signing up, signing in, and what people see of each other. */
theme('accounts')

step('the first account of a server is its administrator', async () => {
  const me = await world.admin.api.getMe()
  expect(me.roles.split(' ').toSorted()).toEqual(['system_admin', 'system_user'])
})
step('later accounts are not', async () => {
  expect((await world.mina.api.getMe()).roles).toBe('system_user')
})
step('an account keeps what was typed, Korean too, and shows no secrets', async () => {
  const me = await world.mina.api.getMe()
  expect(me).toMatchObject({ first_name: '미나', last_name: '김', nickname: '민들레', locale: 'ko' })
  expect(me.password ?? '').toBe('')
})
step('a taken user name is refused with the id that clients translate', async () => {
  const error = await refusal(signUp('mina', { email: 'other@example.com' }))
  expect(error).toMatchObject({ status_code: 400, server_error_id: 'app.user.save.username_exists.app_error' })
})
step('a short password is refused', async () => {
  expect((await refusal(signUp('shorty', { password: 'ab' }))).server_error_id).toContain('model.user.is_valid.pwd')
})
step('signing in gives a token in a header', async () => {
  const api = newApi()
  const user = await api.login('mina', PASSWORD)
  expect([user.id, api.getToken().length]).toEqual([world.mina.id, 26])
  await api.logout()
})
step('an e-mail address is a name to sign in with', async () => {
  const api = newApi()
  expect((await api.login('mina@example.com', PASSWORD)).username).toBe('mina')
  await api.logout()
})
step('a wrong password is refused with one general id', async () => {
  const error = await refusal(newApi().login('mina', 'wrong horse 7'))
  expect(error.status_code).toBe(401)
  expect(error.server_error_id).toContain('api.user.login.invalid_credentials')
})
step('a browser gets the three cookies', async () => {
  const { api, socket } = await playInBrowser('mina')
  expect([...watch.cookies.keys()].toSorted()).toEqual(['MMAUTHTOKEN', 'MMCSRF', 'MMUSERID'])
  expect((await api.getMe()).username).toBe('mina')
  socket.close()
  await api.logout()
  expect((await refusal(api.getMe())).status_code).toBe(401)
})
step('a change by cookie without the CSRF token is refused', async () => {
  const { api, socket } = await playInBrowser('mina')
  api.setCSRF('')
  api.setHeader('X-Requested-With', '')
  expect((await refusal(api.patchMe({ nickname: 'stolen' }))).status_code).toBe(401)
  socket.close()
})
step('nobody sees anything without a session', async () => {
  expect((await refusal(newApi().getMe())).server_error_id).toBe('api.context.session_expired.app_error')
})
step('a profile is changed and everybody hears of it', async () => {
  world.jun.socket.clear()
  const me = await world.mina.api.patchMe({ position: '개발자' })
  expect(me.position).toBe('개발자')
  const { data } = await world.jun.socket.heard('user_updated', (one) => one.data.user.id === world.mina.id)
  expect(data.user.position).toBe('개발자')
})
step('one person is found by id, name and address', async () => {
  const { api } = world.jun
  const found = [await api.getUser(world.mina.id), await api.getUserByUsername('mina')]
  found.push(await api.getUserByEmail('mina@example.com'))
  expect(new Set(found.map((one) => one.id))).toEqual(new Set([world.mina.id]))
})
step('several people are found by ids and by names', async () => {
  const byIds = await world.jun.api.getProfilesByIds([world.mina.id, world.admin.id])
  expect(byIds.map((one: Json) => one.username).toSorted()).toEqual(['boss', 'mina'])
  const byNames = await world.jun.api.getProfilesByUsernames(['mina', 'nobody-at-all'])
  expect(byNames.map((one: Json) => one.id)).toEqual([world.mina.id])
})
step('people of a team are listed in order of their names', async () => {
  const people = await world.jun.api.getProfilesInTeam(world.team.id, 0, 60)
  expect(people.map((one: Json) => one.username)).toEqual(['boss', 'jun', 'mina'])
})
step('a Korean first name completes a mention', async () => {
  const found = await world.jun.api.autocompleteUsers('미', world.team.id, world.townSquare.id)
  expect(found.users.map((one: Json) => one.username)).toContain('mina')
})
step('a Korean nickname finds its owner', async () => {
  const found = await world.jun.api.searchUsers('민들레', { team_id: world.team.id })
  expect(found.map((one: Json) => one.username)).toEqual(['mina'])
})
step('people who are in no team are listed for the administrator', async () => {
  await signUp('loner')
  const found = await world.admin.api.getProfilesWithoutTeam(0, 60)
  expect(found.map((one: Json) => one.username)).toContain('loner')
})
step('the number of people is known', async () => {
  expect((await world.jun.api.getTotalUsersStats()).total_users_count).toBeGreaterThanOrEqual(4)
})
step('the administrator counts by role', async () => {
  const { total_users_count } = await world.admin.api.getFilteredUsersStats({ roles: 'system_admin' })
  expect(total_users_count).toBe(1)
})
step('everybody known is listed by id', async () => {
  expect(await world.jun.api.getKnownUsers()).toContain(world.mina.id)
})
step('who has no picture gets one made', async () => {
  const response = await fetch(world.jun.api.getProfilePictureUrl(world.mina.id, 0), {
    headers: { Authorization: `Bearer ${world.mina.api.getToken()}` },
  })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
})
step('the time zones of the server are offered, and one is kept', async () => {
  expect(await ask(world.mina, 'get', '/system/timezones')).toContain('Asia/Seoul')
  const timezone = { automaticTimezone: 'Asia/Seoul', manualTimezone: '', useAutomaticTimezone: 'true' }
  expect((await world.mina.api.patchMe({ timezone })).timezone).toEqual(timezone)
})
step('the notification settings of a person are kept', async () => {
  const me = await world.mina.api.getMe()
  const notify_props = { ...me.notify_props, mention_keys: '미나야', desktop: 'all' }
  expect((await world.mina.api.patchMe({ notify_props })).notify_props).toMatchObject(notify_props)
})
step('nobody changes somebody else', async () => {
  const error = await refusal(world.jun.api.patchUser({ id: world.mina.id, nickname: 'x' }))
  expect(error).toMatchObject({ status_code: 403, server_error_id: 'api.context.permissions.app_error' })
})

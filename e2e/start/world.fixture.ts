import { Client } from '../../testkit/client.ts'

/** A signed-in person. */
export interface Member {
  readonly id: string
  readonly token: string
  readonly client: Client
}

const PASSWORD = 'a-long-password-1'

/** Makes an account through the API and signs in. The first one of a server becomes its administrator. */
export async function signUp(url: string, username: string, by = new Client(url, '')): Promise<Member> {
  const email = `${username}@example.com`
  const made = await by.post('/users', { email, username, password: PASSWORD })
  if (made.status !== 201) throw new Error(`no account for ${username}: ${JSON.stringify(made.body)}`)
  return signIn(url, username)
}

/** Signs in somebody whom `signUp` made. */
export async function signIn(url: string, username: string): Promise<Member> {
  const answer = await new Client(url, '').post('/users/login', { login_id: username, password: PASSWORD })
  if (answer.status !== 200) throw new Error(`${username} cannot sign in: ${JSON.stringify(answer.body)}`)
  const token = answer.headers.get('token')!
  return { id: answer.body.id, token, client: new Client(url, token) }
}

/** A team of the administrator and the others, with channels that all of them are in. */
export async function makeTeam(
  admin: Member,
  others: readonly Member[] = [],
  channels = 1,
): Promise<{ id: string; channels: string[] }> {
  const team = await expect201(admin.client.post('/teams', { name: 'team-one', display_name: 'One', type: 'O' }))
  for (const { id } of others)
    await expect201(admin.client.post(`/teams/${team.id}/members`, { team_id: team.id, user_id: id }))
  const ids: string[] = []
  for (let n = 1; n <= channels; n++) {
    const body = { team_id: team.id, name: `channel-${n}`, display_name: `Channel ${n}`, type: 'O' }
    const channel = await expect201(admin.client.post('/channels', body))
    for (const { id } of others) await expect201(admin.client.post(`/channels/${channel.id}/members`, { user_id: id }))
    ids.push(channel.id)
  }
  return { id: team.id, channels: ids }
}

async function expect201(call: ReturnType<Client['post']>): Promise<{ id: string }> {
  const { status, body } = await call
  if (status !== 201) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return body as { id: string }
}

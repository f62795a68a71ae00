import type { Person } from './builders.ts'
import type { TestServer } from './server.ts'

/** A team in the middle of its day, to look at: six people, channels, a conversation with everything in it. */
export interface SampleTeam {
  readonly id: string
  readonly name: string
  readonly people: Readonly<Record<string, Person>>
  /** channel ids by name */
  readonly channels: Readonly<Record<string, string>>
}

const PEOPLE: Record<string, [first: string, last: string]> = {
  anna: ['Anna', 'Berger'],
  ben: ['Ben', 'Okafor'],
  chulsoo: ['철수', '김'],
  dana: ['Dana', 'Whitfield'],
  eunji: ['은지', '박'],
  felix: ['Felix', 'Moreau'],
}

const CHANNELS: [name: string, displayName: string, type: 'O' | 'P'][] = [
  ['backend', 'Backend', 'O'],
  ['design-review', 'Design review', 'O'],
  ['release-18', 'Release 18', 'P'],
  ['dev-news', '개발 공지', 'O'],
  ['lunch', 'Lunch & coffee', 'O'],
  ['incident-412', 'Incident 412', 'P'],
]

const TABLE = '| step | before | after |\n|---|---:|---:|\n| build | 9 min | 4 min |\n| deploy | 50 s | 35 s |'
const CODE =
  '```ts\nexport function unreadOf(state: State, id: Id): Unread {\n  const member = state.channelMembers[id]\n  return member ? count(member) : NOTHING\n}\n```'

const TALK: [who: string, message: string][] = [
  [
    'ben',
    'Good morning! The nightly build is **green** again. The flaky test waited for a second instead of an event.',
  ],
  ['ben', 'The fix is in `server/src/realtime/hub.ts`, see the merge request.'],
  ['chulsoo', '감사합니다! 오늘 오후에 배포해도 될까요? 마이그레이션은 어제 스테이징에서 확인했습니다.'],
  [
    'dana',
    'Before we ship, three things are left\n\n- contrast of muted text\n- the thread panel on the phone\n- words for **offline**',
  ],
  ['anna', `Great work. @chulsoo yes, after 3 pm. Please post the numbers here:\n\n${TABLE}`],
  ['eunji', '번역도 모두 끝났습니다. 용어는 GitLab 한국어 문서에 맞췄습니다 :tada:'],
  ['felix', `${CODE}\nIs there a reason why muted channels still count mentions?`],
  ['ben', 'Yes: a muted channel only speaks up when somebody means you.'],
  ['anna', 'The release notes are ready. Read them, then **approve** or answer in the thread. :rocket:'],
]

const REPLIES: [who: string, message: string][] = [
  ['ben', 'Approved.'],
  ['chulsoo', '확인했습니다. 좋습니다!'],
  ['dana', 'One typo in the second paragraph, otherwise fine.'],
]

/** Makes the team on an empty server. Everything goes through the API, so that events, counters and threads are real. */
export async function makeSampleTeam(server: TestServer): Promise<SampleTeam> {
  const people: Record<string, Person> = {}
  for (const [username, [first_name, last_name]] of Object.entries(PEOPLE)) {
    const roles = username === 'anna' ? 'system_user system_admin' : 'system_user'
    const person = (people[username] = await server.make.user({ username, roles }))
    await server.as(person).put(`/users/${person.id}/patch`, { first_name, last_name })
  }
  const as = (username: string) => server.as(people[username]!)
  const team = await server.make.team(Object.values(people))
  const { body } = await as('anna').put(`/teams/${team.id}/patch`, { display_name: 'Northwind Garden' })
  const channels: Record<string, string> = { 'town-square': team.townSquare }
  for (const [name, display_name, type] of CHANNELS) {
    const made = await as('anna').post('/channels', { team_id: team.id, name, display_name, type })
    channels[name] = made.body.id
    for (const { id } of Object.values(people).slice(1)) {
      await as('anna').post(`/channels/${made.body.id}/members`, { user_id: id })
    }
  }
  await talk(as, people, channels)
  return { id: team.id, name: body.name, people, channels }
}

async function talk(
  as: (username: string) => ReturnType<TestServer['as']>,
  people: Record<string, Person>,
  channels: Record<string, string>,
): Promise<void> {
  const post = async (who: string, channel_id: string, message: string, root_id = ''): Promise<string> =>
    (await as(who).post('/posts', { channel_id, message, root_id })).body.id
  const backend = channels['backend']!
  await as('anna').put(`/channels/${backend}/patch`, {
    header: 'Servers, databases, and what wakes us at night · [runbook](https://example.com/runbook)',
  })
  const posts: string[] = []
  for (const [who, message] of TALK) posts.push(await post(who, backend, message))
  for (const [who, message] of REPLIES) await post(who, backend, message, posts.at(-1))
  for (const [who, emoji_name] of Object.entries({ ben: 'tada', chulsoo: 'tada', dana: 'heart', felix: '+1' })) {
    await as(who).post('/reactions', { user_id: people[who]!.id, post_id: posts[5], emoji_name })
  }
  for (const who of ['ben', 'chulsoo', 'eunji']) {
    const { body } = await as(who).post('/channels/direct', [people[who]!.id, people['anna']!.id])
    await post(who, body.id, who === 'ben' ? 'One question when you have a minute.' : '잠깐 시간 괜찮으세요?')
  }
  await post('eunji', channels['design-review']!, '@anna 시안을 한번 봐 주세요.')
  await post('felix', channels['lunch']!, 'Noodles at noon?')
}

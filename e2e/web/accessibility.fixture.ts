import type { Browser, Page } from 'playwright-core'
import { openPage } from '../../testkit/browser.ts'
import type { Person } from '../../testkit/builders.ts'
import type { TestServer } from '../../testkit/server.ts'

export interface World {
  readonly anna: Person
  readonly ben: Person
  readonly team: string
  readonly backend: string
  /** a post with replies, reactions, code and a table */
  readonly root: string
}

const RICH = `Deployment **today** at \`15:00\`, see [the plan](https://example.com/plan) #release

| Service | State |
|---|---|
| api | ready |

\`\`\`ts
const answer = 42
\`\`\`

- [x] backup
- [ ] migrate

> 모두 확인해 주세요 :tada:`

/** A team as it is after a week: what each page and dialog shows is there. */
export async function makeWorld(server: TestServer): Promise<World> {
  const anna = await server.make.user({ username: 'anna', roles: 'system_user system_admin' })
  const ben = await server.make.user({ username: 'ben' })
  const team = await server.make.team([anna, ben], { name: 'acme' })
  const by = server.as(anna)
  const channel = { team_id: team.id, name: 'backend', display_name: 'Backend', type: 'O', header: 'On call: @ben' }
  const backend = (await by.post('/channels', channel)).body.id
  await by.post(`/channels/${backend}/members`, { user_id: ben.id })
  const root = (await by.post('/posts', { channel_id: backend, message: RICH })).body.id
  await server.as(ben).post('/posts', { channel_id: backend, root_id: root, message: 'Looks good to me, @anna' })
  await server.as(ben).post('/reactions', { user_id: ben.id, post_id: root, emoji_name: 'thumbsup' })
  await by.post(`/posts/${root}/pin`)
  await by.put('/users/me/preferences', [{ user_id: anna.id, category: 'flagged_post', name: root, value: 'true' }])
  const image = Uint8Array.from(atob(PIXEL), (letter) => letter.charCodeAt(0))
  const form = new FormData()
  form.append('channel_id', backend)
  form.append('files', new Blob([image], { type: 'image/png' }), 'diagram.png')
  form.append('files', new Blob(['How to deploy'], { type: 'text/plain' }), 'readme.txt')
  const files = (await by.post('/files', form)).body.file_infos.map(({ id }: { id: string }) => id)
  await by.post('/posts', { channel_id: backend, message: 'Two files', file_ids: files })
  // Last: whoever posts has no draft there any more.
  await by.post('/drafts', { channel_id: backend, root_id: '', message: 'A draft', user_id: anna.id })
  return { anna, ben, team: team.id, backend, root }
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export async function openConversation(browser: Browser, server: TestServer, person: Person): Promise<Page> {
  const page = await openPage(browser, server, { person, viewport: { width: 1400, height: 900 } })
  await page.goto('/acme/channels/backend')
  await page.getByText('Two files').waitFor()
  return page
}

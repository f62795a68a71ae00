import { expect, test } from 'vitest'
import { withoutChat } from './gitlab-rb.ts'

test('the chat’s lines become comments, with everything between their brackets', () => {
  const text = `external_url 'https://git.corp.test'
mattermost_external_url 'https://chat.corp.test' # [
mattermost['env'] = {
  'A' => 'x } y',
}
mattermost_nginx['listen_addresses'] = ['*',
  '[::]']
nginx['enable'] = true
`
  const edited = withoutChat(text, 'https://chat.corp.test')!
  expect(edited.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    "external_url 'https://git.corp.test'",
    "nginx['enable'] = true",
    "gitlab_rails['mattermost_host'] = 'https://chat.corp.test' # outpost-ctl adopt: added",
  ])
  expect(edited.replaceAll('# outpost-ctl adopt: ', '')).toContain(text.trimEnd())
})

test('an address that is there already stays, and what cannot be told apart is left to people', () => {
  const there = "gitlab_rails['mattermost_host'] = 'https://other.test'\nmattermost['uid'] = 1\n"
  expect(withoutChat(there, 'https://chat.test')).toBe(
    "gitlab_rails['mattermost_host'] = 'https://other.test'\n# outpost-ctl adopt: mattermost['uid'] = 1\n",
  )
  const heredoc = "mattermost_nginx['custom_gitlab_mattermost_server_config'] = <<~X\nlocation / {}\nX\n"
  expect(withoutChat(heredoc, 'https://chat.test')).toBeUndefined()
})

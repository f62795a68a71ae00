import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mattermostKeys, vhostKeys } from './known-keys.ts'

const here = new URL('.', import.meta.url)
const sources = readdirSync(here)
  .filter((file) => /^(resolve-.*|secrets|plan-smtp)\.ts$/.test(file))
  .map((file) => readFileSync(new URL(file, here), 'utf8'))
  .join('\n')

/** Keys of sections that the code reads by their full path. */
const read = [
  ...sources.matchAll(
    /'(nginx|postgresql|gitlab_rails|package|user|web_server|manage_accounts|puma|logrotate|logging)\.(\w+)/g,
  ),
].map(([, section, key]) => [section!, key!] as const)

test.each(['outpost-ctl-settings.md', 'ko/outpost-ctl-settings.md'])('%s names every key that is read', (file) => {
  const text = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8')
  const names = (section: string, key: string): boolean =>
    text.includes(`${section}['${key}']`) || text.includes(`\`${key}\``)
  const missing = [
    ...[...mattermostKeys].filter((key) => !key.startsWith('svlogd_')).map((key) => ['mattermost', key] as const),
    ...[...vhostKeys].map((key) => ['mattermost_nginx', key] as const),
    ...read.map(([section, key]) => [section, key.replace(/^logrotate(?=_)/, '…')] as const),
  ].filter(([section, key]) => !names(section, key) && !names(section, key.replace('…', 'logrotate')))
  expect(read.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
})

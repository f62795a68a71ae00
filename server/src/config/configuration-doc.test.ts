import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { configurationDocument } from '../../scripts/write-configuration-doc.ts'
import { settings } from './declare.ts'

const PAGES = ['docs/configuration.md', 'docs/ko/configuration.md'] as const

test.each(PAGES)('%s is what settings.json says', async (page) => {
  const written = await readFile(new URL(`../../../${page}`, import.meta.url), 'utf8')
  expect(written, 'write it anew: node server/scripts/write-configuration-doc.ts').toBe(configurationDocument(page))
})

test.each(PAGES)('%s has one row a setting', (page) => {
  const rows = configurationDocument(page).match(/^\| `/gm)
  expect(rows).toHaveLength(settings.length)
})

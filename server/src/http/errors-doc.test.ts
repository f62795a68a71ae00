import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { errorsDocument } from '../../scripts/write-errors-doc.ts'

test.each(['docs/errors.md', 'docs/ko/errors.md'] as const)('%s lists exactly the declared errors', async (path) => {
  const written = await readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')
  expect(written, 'write it anew: node server/scripts/write-errors-doc.ts').toBe(errorsDocument(path))
})

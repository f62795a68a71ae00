import { writeFileSync } from 'node:fs'
import { declaredErrors } from '../src/http/errors.ts'
// Loading the routes loads every feature, and with it every declared error.
import '../src/routes.ts'

const HEADS = {
  'docs/errors.md': [
    '# Errors',
    '',
    'What the API answers when it refuses. Clients branch on the id; the text is for people, in the language of the',
    'request. `{Name}` stands for a value that is filled in.',
    '',
    '| id | status | text |',
  ],
  'docs/ko/errors.md': [
    '# 오류',
    '',
    'API가 요청을 거절할 때 돌려주는 오류입니다. 클라이언트는 ID로 구분하고, 문장은 사람이 읽습니다.',
    '`{Name}` 자리에는 값이 들어갑니다.',
    '',
    '| ID | 상태 | 문장 |',
  ],
}

/** The text of docs/errors.md or its Korean twin, made from what is declared. */
export function errorsDocument(path: keyof typeof HEADS): string {
  const text = path.startsWith('docs/ko') ? 2 : 1
  const rows = [...declaredErrors].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const lines = rows.map(([id, declaration]) => `| \`${id}\` | ${declaration[0]} | ${declaration[text]} |`)
  return [...HEADS[path], '| --- | --- | --- |', ...lines, ''].join('\n')
}

if (import.meta.main) {
  for (const path of Object.keys(HEADS) as (keyof typeof HEADS)[]) {
    writeFileSync(new URL(`../../${path}`, import.meta.url), errorsDocument(path))
  }
}

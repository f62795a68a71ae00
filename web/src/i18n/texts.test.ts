import { describe, expect, it } from 'vitest'
import { checkEllipses, compareTexts } from '../../scripts/texts.ts'

describe('the check of texts', () => {
  it('wants an ellipsis directly behind its word, as one character', () => {
    const wrong = { find: 'Go to …', wait: 'Trying again … Please wait.', hard: 'New\u00A0…', dots: '추가...' }
    const right = { go: '이동…', type: '{names} are typing…', alone: '…', first: '… and more', sum: '1. 2. 3.' }
    const found = checkEllipses({ ...wrong, ...right }, 'ko')
    expect(found.map((line) => /'(\w+)'/.exec(line)?.[1])).toEqual(Object.keys(wrong))
  })

  it('wants every text translated, with the same places, and none left over', () => {
    const english = { kept: 'Keep', hello: 'Hello {name}', gone: 'Bye' }
    const found = compareTexts(english, { kept: '유지', hello: '안녕하세요', old: '옛말' }, 'ko')
    expect(found.map((line) => /'(\w+)'/.exec(line)?.[1])).toEqual(['gone', 'old', 'hello'])
  })
})

import { expect, test } from 'vitest'
import { checkEmojiName, nameOfFile } from './custom-emoji.ts'

test.each([
  ['party_parrot', null],
  ['a-b+c_1', null],
  ['', 'empty'],
  ['x'.repeat(65), 'long'],
  ['x'.repeat(64), null],
  ['Cat', 'characters'],
  ['고양이', 'characters'],
  ['a b', 'characters'],
  [':a:', 'characters'],
  ['smile', 'system'],
  ['wave_dark_skin_tone', 'system'],
  ['mattermost', 'system'],
])('the name %j: %j', (name, problem) => expect(checkEmojiName(name)).toBe(problem))

test.each([
  ['My Cat.PNG', 'my_cat'],
  ['고양이 1.gif', '1'],
  ['고양이.gif', ''],
  ['a.b.png', 'a_b'],
  ['party-parrot', 'party-parrot'],
])('the file %j suggests %j', (file, name) => expect(nameOfFile(file)).toBe(name))

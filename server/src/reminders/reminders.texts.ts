const texts = {
  confirmed: [
    'You will be reminded of this message from @{username} on {time}.',
    '{time}에 @{username} 님의 이 메시지를 다시 알려 드리겠습니다.',
  ],
  due: [
    'You asked to be reminded of this message from @{username}: {link}',
    '요청하신 대로 @{username} 님의 메시지를 다시 알려 드립니다: {link}',
  ],
} as const

/** A text in the language of its reader. */
export function reminderText(key: keyof typeof texts, locale: string, values: Record<string, string>): string {
  const text = texts[key][locale.toLowerCase().startsWith('ko') ? 1 : 0]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

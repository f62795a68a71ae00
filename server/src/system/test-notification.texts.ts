const TEXT = [
  'This is a test notification. If you were told of it on all your devices, notifications reach you.',
  '시험 알림입니다. 모든 기기에서 이 알림을 받으셨다면 알림이 제대로 전달되고 있습니다.',
] as const

/** What a test notification says, in the language of its reader. */
export const testNotificationText = (locale: string): string => TEXT[locale.toLowerCase().startsWith('ko') ? 1 : 0]

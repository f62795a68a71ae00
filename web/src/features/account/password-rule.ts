import type { Text } from '../../shell/i18n.tsx'

/** What the server asks of a password, as one sentence. */
export function passwordRule(t: Text, config: Readonly<Record<string, string>>): string {
  const kinds = [
    config['PasswordRequireLowercase'] === 'true' && t('password.lowercase', 'a small letter'),
    config['PasswordRequireUppercase'] === 'true' && t('password.uppercase', 'a capital letter'),
    config['PasswordRequireNumber'] === 'true' && t('password.number', 'a digit'),
    config['PasswordRequireSymbol'] === 'true' && t('password.symbol', 'a symbol'),
  ].filter((kind) => kind !== false)
  const count = Number(config['PasswordMinimumLength'] || 8)
  if (kinds.length === 0) return t('password.rule', 'At least {count} characters.', { count })
  return t('password.rule_with', 'At least {count} characters, with {kinds}.', {
    count,
    kinds: t.intl.formatList(kinds),
  })
}

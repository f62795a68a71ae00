import { maskDataSource } from '../../../server/src/database/data-source.ts'
import { secretVariables } from './removed-keys.ts'

/** Stands for a secret. */
export const MASK = '********'

const SECRET =
  /secret|passw|salt|token|credential|encrypt_?key|private_?key|access_?key|api_?key|signing_?key|_key$|_key_base$/i
/** Names like those of secrets whose values are places or switches. */
const HARMLESS =
  /(endpoint|url|uri|file|path|directory|enabled?|ttl|expir\w*|size|type|length|certificate_key|certificateKey)$/i

const isSecret = (name: string): boolean => secretVariables.has(name) || (SECRET.test(name) && !HARMLESS.test(name))

/** A copy of JSON in which secrets are masked: by the name of their key, and passwords inside of addresses and data sources. */
export function maskSecrets(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, name))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskSecrets(item, key)]))
  if (typeof value !== 'string' || value === '') return value
  if (isDataSource(name) && !value.startsWith('(not evaluated')) return maskDataSource(value)
  return isSecret(name) ? MASK : maskText(value)
}

const isDataSource = (name: string): boolean => /^(sql_data_source|dataSource|MM_SQLSETTINGS_DATASOURCE)$/.test(name)

function maskText(text: string): string {
  if (text.includes('PRIVATE KEY-----')) return MASK
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^/\s:@]*):[^@/\s]*@/gi, `$1:${MASK}@`)
    .replace(/\b(password\s*[=:]\s*)('[^']*'|"[^"]*"|[^\s'"]+)/gi, `$1${MASK}`)
}

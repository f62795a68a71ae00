import { writeFileSync } from 'node:fs'
import { isRandomDefault, sectionNames, settings, type DeclaredSetting } from '../src/config/declare.ts'

const FOLDER = new URL('../src/config/', import.meta.url)
const HEADER = '// Generated from settings.json by server/scripts/generate-config-types.ts. Do not edit.\n'

/** Types of the settings whose declared type says too little. */
const PRECISE: Record<string, string> = {
  'LogSettings.AdvancedLoggingJSON': 'JsonObject | string',
  'ExperimentalAuditSettings.AdvancedLoggingJSON': 'JsonObject | string',
  'PluginSettings.Plugins': 'Readonly<Record<string, JsonObject>>',
  'PluginSettings.PluginStates': 'Readonly<Record<string, { readonly Enable: boolean }>>',
  'ContentFlaggingSettings.NotificationSettings.EventTargetMapping': 'Readonly<Record<string, readonly string[]>>',
  'SqlSettings.ReplicaLagSettings': 'readonly JsonObject[]',
}

const BASIC: Record<DeclaredSetting['type'], string> = {
  bool: 'boolean',
  string: 'string',
  int: 'number',
  'string[]': 'readonly string[]',
  object: 'JsonObject',
  'object[]': 'readonly JsonObject[]',
}

const SERVER =
  /^(Service|Sql|Log|ExperimentalAudit|RateLimit|Cache|Cluster|Metrics|Job|Elasticsearch|Analytics)Settings$|^FeatureFlags$/
const PEOPLE =
  /^(Team|Password|Privacy|GuestAccounts|GitLab|Google|Office365|OpenId|Ldap|Saml|Intune|NativeApp|AccessControl)Settings$/

const groupOf = (section: string): string =>
  SERVER.test(section) ? 'server' : PEOPLE.test(section) ? 'people' : 'features'

function fields(prefix: readonly string[], indent: string): string {
  const inside = settings.filter((s) => prefix.every((key, i) => s.keys[i] === key))
  let text = ''
  const done = new Set<string>()
  for (const setting of inside) {
    const key = setting.keys[prefix.length]!
    if (done.has(key)) continue
    done.add(key)
    if (setting.keys.length > prefix.length + 1) {
      text += `${indent}readonly ${key}: {\n${fields([...prefix, key], indent + '  ')}${indent}}\n`
    } else {
      const optional = setting.default === null && !isRandomDefault(setting) ? '?' : ''
      text += `${indent}readonly ${key}${optional}: ${PRECISE[setting.path] ?? BASIC[setting.type]}\n`
    }
  }
  return text
}

/** The generated files by name relative to server/src/config: three files of sections and `Config` over them. */
export function renderConfigTypes(): Record<string, string> {
  const files: Record<string, string> = {}
  let head = HEADER
  for (const group of ['features', 'people', 'server']) {
    const names = sectionNames.filter((name) => groupOf(name) === group)
    const body = names.map((name) => `\nexport interface ${name} {\n${fields([name], '  ')}}\n`).join('')
    const imports = body.includes('JsonObject') ? "import type { JsonObject } from '../declare.ts'\n" : ''
    files[`types/${group}.ts`] = HEADER + imports + body
    head += `import type * as ${group} from './types/${group}.ts'\n`
  }
  const sections = sectionNames.map((name) => `  readonly ${name}: ${groupOf(name)}.${name}\n`).join('')
  files['config-types.ts'] =
    `${head}\n/** The complete configuration, every default filled in. */\nexport interface Config {\n${sections}}\n`
  return files
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(renderConfigTypes())) writeFileSync(new URL(name, FOLDER), text)
}
